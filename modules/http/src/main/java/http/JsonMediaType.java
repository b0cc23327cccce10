package http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the media type of a body: {@code application/json} in UTF-8, without a content coding. A browser sends this
 * type to another site only after a CORS preflight request.
 */
final class JsonMediaType {

    private static final Pattern FORM =
            Pattern.compile("(?i)application/json(?:[ \\t]*;[ \\t]*(?:charset=(\"?)utf-8\\1)?)*[ \\t]*");

    /** The error for an encoded body. */
    static final String NO_ENCODING =
            HeaderNames.CONTENT_ENCODING.defaultCase() + " is not supported: send the body without a content coding";

    private JsonMediaType() {}

    /**
     * Checks the headers that describe a request's body. Returns empty when there is no body, or no error.
     *
     * @throws Problem as {@link BodyBytes#isThere}
     */
    static Optional<Problem> problem(ServerRequest request) {
        List<String> types = request.headers().all(HeaderNames.CONTENT_TYPE, List::of);
        if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            return Optional.of(new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, NO_ENCODING));
        }
        if (types.isEmpty()) {
            return BodyBytes.isThere(request)
                    ? Optional.of(unsupported(
                            HeaderNames.CONTENT_TYPE,
                            "is required for a request with a body, and must be application/json"))
                    : Optional.empty();
        }
        return types.size() == 1 && matches(types.getFirst())
                ? Optional.empty()
                : Optional.of(unsupported(
                        HeaderNames.CONTENT_TYPE,
                        "must be application/json, in UTF-8, but was " + Quoted.of(String.join(", ", types))));
    }

    private static boolean matches(String type) {
        Matcher matcher = FORM.matcher(type);
        return matcher.matches();
    }

    private static Problem unsupported(HeaderName header, String what) {
        return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, header.defaultCase() + " " + what);
    }
}

package http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The W3C trace context of a request, level 1.
 *
 * @param traceparent in the form of the header of that name; empty where there is none
 */
public record TraceContext(String traceparent) {

    private static final TraceContext NONE = new TraceContext("");
    private static final HeaderName HEADER = HeaderNames.create("traceparent");

    // Version ff is invalid; only versions later than 00 may have more behind the flags.
    private static final Pattern FORM =
            Pattern.compile("(?!ff)(?!00-.{52}-)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

    /** What goes into each event; later versions may be longer, but not at will. */
    private static final int MAX_LENGTH = 256;

    /** In which a request's work goes on: that of its span, where it is traced, or else its caller's. */
    public static TraceContext of(ServerRequest request) {
        return request.context().get(TraceContext.class).orElseGet(() -> ofCaller(request));
    }

    /** That of whoever sent the request; none where the header is absent or malformed. */
    public static TraceContext ofCaller(ServerRequest request) {
        return request.headers().first(HEADER).map(TraceContext::parse).orElse(NONE);
    }

    /** A header's; none where it is malformed. */
    static TraceContext parse(String header) {
        Matcher matcher = FORM.matcher(header);
        boolean valid = header.length() <= MAX_LENGTH
                && matcher.matches()
                && !isZero(matcher.group(1))
                && !isZero(matcher.group(2));
        return valid ? new TraceContext(header) : NONE;
    }

    private static boolean isZero(String hex) {
        return hex.chars().allMatch(c -> c == '0');
    }

    /** The id of the trace; empty where there is none. */
    public String traceId() {
        return traceparent.isEmpty() ? "" : traceparent.substring(3, 35);
    }
}

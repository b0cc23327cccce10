package http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The W3C trace context of a request, level 1.
 *
 * @param traceparent the value of the header {@code traceparent}; empty when there is no trace context
 */
public record TraceContext(String traceparent) {

    private static final TraceContext NONE = new TraceContext("");
    private static final HeaderName HEADER = HeaderNames.create("traceparent");

    // Version ff is invalid. Only versions after 00 may have more fields after the flags.
    private static final Pattern FORM =
            Pattern.compile("(?!ff)(?!00-.{52}-)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

    /**
     * The maximum length, because each event carries the value. Later versions may be longer, but not without limit.
     */
    private static final int MAX_LENGTH = 256;

    /**
     * The trace context for the processing of a request: that of the request's span if it is traced, otherwise the
     * caller's.
     */
    public static TraceContext of(ServerRequest request) {
        return request.context().get(TraceContext.class).orElseGet(() -> ofCaller(request));
    }

    /** The trace context that the caller sent; empty when the header is absent or malformed. */
    public static TraceContext ofCaller(ServerRequest request) {
        return request.headers().first(HEADER).map(TraceContext::parse).orElse(NONE);
    }

    /** Parses the header; empty when it is malformed. */
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

    /** The id of the trace; empty when there is no trace context. */
    public String traceId() {
        return traceparent.isEmpty() ? "" : traceparent.substring(3, 35);
    }
}

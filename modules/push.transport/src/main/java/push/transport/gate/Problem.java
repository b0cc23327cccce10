package push.transport.gate;

import java.util.Map;
import java.util.Objects;

/**
 * What is wrong with a request that the gate answers itself.
 *
 * @param status the status of the response: 400, 408, 413, 414, 417, 431, 501, 503 or 505
 * @param detail what is wrong with this request, in words for the peer
 * @param requestId the request's {@code X-Request-Id}; empty if it is not known
 */
record Problem(int status, String detail, String requestId) {

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(408, "Request Timeout"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    /** @throws IllegalArgumentException for any other status */
    Problem {
        if (!REASONS.containsKey(status)) {
            throw new IllegalArgumentException("the gate has no response with status " + status);
        }
    }

    /** A problem with a request whose id is not known. */
    Problem(int status, String detail) {
        this(status, detail, "");
    }

    /** The reason phrase of the status. */
    String reason() {
        return Objects.requireNonNull(REASONS.get(status));
    }
}

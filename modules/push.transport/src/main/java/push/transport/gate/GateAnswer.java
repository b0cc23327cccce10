package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A response that the gate itself sends: a problem (RFC 9457) in the same form as all other problems of the hub.
 * Immutable.
 */
final class GateAnswer {

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

    /** Types and titles of the problems that have their own type; the same as in {@code http.ProblemType}. */
    private static final Map<Integer, Kind> KINDS = Map.of(
            400, new Kind("/problems/bad-request", "The request is malformed"),
            413, new Kind("/problems/body-too-large", "The body is too large"),
            503, new Kind("/problems/overloaded", "The service is temporarily unavailable"));

    /**
     * The form of a request id: printable ASCII, without spaces at either end. The same as in {@code http.RequestIds},
     * which the gate cannot use.
     */
    private static final Pattern REQUEST_ID = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,254}[\\x21-\\x7e])?");

    private final int status;
    private final List<HeaderField> fields;
    private final byte[] body;

    private GateAnswer(int status, List<HeaderField> fields, byte[] body) {
        this.status = status;
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    /** A response to a request whose id is not known. */
    static GateAnswer of(int status, String detail) {
        return of(status, detail, "");
    }

    /**
     * A response to a request.
     *
     * @param status 400, 408, 413, 414, 417, 431, 501, 503 or 505
     * @param detail what is wrong with this request, in words for the peer
     * @param requestId the request's {@code X-Request-Id}; if it is not valid, the response has a new id
     * @throws IllegalArgumentException for any other status
     */
    static GateAnswer of(int status, String detail, String requestId) {
        if (!REASONS.containsKey(status)) {
            throw new IllegalArgumentException("the gate has no answer " + status);
        }
        String id = REQUEST_ID.matcher(requestId).matches() ? requestId : newId();
        Kind kind = KINDS.getOrDefault(status, new Kind("about:blank", REASONS.get(status)));
        String body = "{\"type\":" + json(kind.type) + ",\"title\":" + json(kind.title) + ",\"status\":" + status
                + ",\"detail\":" + json(detail) + ",\"request_id\":" + json(id) + "}";
        return new GateAnswer(
                status,
                List.of(
                        new HeaderField("content-type", "application/problem+json"),
                        new HeaderField("x-request-id", id)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same response with one more header field. */
    GateAnswer with(String name, String value) {
        List<HeaderField> more = new ArrayList<>(fields);
        more.add(new HeaderField(name, value));
        return new GateAnswer(status, more, body);
    }

    int status() {
        return status;
    }

    /** The reason phrase of the status, for HTTP/1. */
    String reason() {
        return Objects.requireNonNull(REASONS.get(status));
    }

    /** The header fields, with names in lower case; without {@code content-length} and {@code date}. */
    List<HeaderField> fields() {
        return fields;
    }

    /** The body: JSON, in UTF-8. The caller must not change it. */
    byte[] body() {
        return body;
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }

    /** A UUID of version 7 (RFC 9562, section 5.7). It is not a secret, so its random bits need not be secure. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextLong(1 << 12);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }

    private record Kind(String type, String title) {}
}

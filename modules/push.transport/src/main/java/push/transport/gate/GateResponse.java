package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A response that the gate itself sends: a {@link Problem} in the form of RFC 9457, as all other problems of the hub.
 * Immutable.
 */
final class GateResponse {

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

    private final Problem problem;
    private final Instant date;
    private final List<HeaderField> fields;
    private final byte[] body;

    private GateResponse(Problem problem, Instant date, List<HeaderField> fields, byte[] body) {
        this.problem = problem;
        this.date = date;
        this.fields = fields;
        this.body = body;
    }

    /**
     * Makes the response to a request.
     *
     * @param problem what is wrong with the request; if its request id is not valid, the response has a new id
     * @param now the wall-clock time
     */
    static GateResponse of(Problem problem, Instant now) {
        String id = REQUEST_ID.matcher(problem.requestId()).matches() ? problem.requestId() : newId(now);
        Kind kind = KINDS.getOrDefault(problem.status(), new Kind("about:blank", problem.reason()));
        String body = "{\"type\":" + json(kind.type) + ",\"title\":" + json(kind.title) + ",\"status\":"
                + problem.status() + ",\"detail\":" + json(problem.detail()) + ",\"request_id\":" + json(id) + "}";
        return new GateResponse(
                problem,
                now,
                List.of(
                        new HeaderField("content-type", "application/problem+json"),
                        new HeaderField("x-request-id", id)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    int status() {
        return problem.status();
    }

    /** The reason phrase of the status, for HTTP/1. */
    String reason() {
        return problem.reason();
    }

    /** When the response was made. */
    Instant date() {
        return date;
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
    private static String newId(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = now.toEpochMilli() << 16 | 0x7000 | random.nextLong(1 << 12);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }

    private record Kind(String type, String title) {}
}

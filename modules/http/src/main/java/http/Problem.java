package http;

import io.helidon.http.Status;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller got wrong, or why the service can't answer now; becomes the answer, as RFC 9457 has it.
 * The message is for the caller: it names the field, the value and what is allowed, and nothing
 * internal.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Less than it takes to start a hub, as another one may be running already. */
    private static final Duration WHEN_STOPPED = Duration.ofSeconds(1);

    /** By then a burst may have passed. */
    private static final Duration WHEN_OVERLOADED = Duration.ofSeconds(1);

    private final transient Status status;
    private final transient @Nullable Duration retryAfter;

    /** @param detail what is wrong with this very request */
    public Problem(Status status, String detail) {
        this(status, detail, null);
    }

    private Problem(Status status, String detail, @Nullable Duration retryAfter) {
        super(detail, null, false, false); // an answer, not a failure: no stack trace
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The request itself is wrong. */
    public static Problem badRequest(String detail) {
        return new Problem(Status.BAD_REQUEST_400, detail);
    }

    /** What it names does not exist. */
    public static Problem notFound(String detail) {
        return new Problem(Status.NOT_FOUND_404, detail);
    }

    /** The hub is closed, or about to be. */
    public static Problem stopped() {
        return new Problem(Status.SERVICE_UNAVAILABLE_503, "push service stopped", WHEN_STOPPED);
    }

    /** What is needed to answer is busy, or away for a while; the request may be repeated. */
    public static Problem overloaded() {
        return new Problem(Status.SERVICE_UNAVAILABLE_503, "too busy to answer now; ask again", WHEN_OVERLOADED);
    }

    /** The HTTP status of the answer. */
    public Status status() {
        return status;
    }

    /** After how long the same request may be answered otherwise; empty where nobody knows. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What is wrong with this very request. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}

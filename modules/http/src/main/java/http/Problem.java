package http;

import io.helidon.http.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error that becomes an RFC 9457 response: a mistake of the caller, or a reason why the service cannot answer now.
 * The message is for the caller. It names the field, the value and what is allowed, and reveals nothing internal.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Shorter than the start of a hub, because another hub may already be running. */
    private static final Duration WHEN_STOPPED = Duration.ofSeconds(1);

    /** A burst may be over after this time. */
    private static final Duration WHEN_OVERLOADED = Duration.ofSeconds(1);

    private final transient Status status;
    private final transient @Nullable ProblemType type;
    private final transient List<FieldError> errors;
    private final transient @Nullable Duration retryAfter;

    /**
     * A problem that is described by its status and detail alone.
     *
     * @param detail what is wrong with this request
     */
    public Problem(Status status, String detail) {
        this(status, ProblemType.of(status).orElse(null), detail, List.of(), null);
    }

    /**
     * A problem with a type.
     *
     * @param detail what is wrong with this request
     * @param errors the parts of the request that are wrong; may be empty
     */
    public Problem(ProblemType type, String detail, FieldError... errors) {
        this(type.status(), type, detail, List.of(errors), null);
    }

    private Problem(
            Status status,
            @Nullable ProblemType type,
            String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter) {
        super(detail, null, false, false); // a response, not a failure: no stack trace
        this.status = status;
        this.type = type;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /** The request as a whole is wrong. */
    public static Problem badRequest(String detail) {
        return new Problem(ProblemType.BAD_REQUEST, detail);
    }

    /**
     * One part of the request is wrong.
     *
     * @param field a JSON pointer into the body, or the name of a parameter or header
     * @param detail what is wrong; it also names the field, as people call it
     */
    public static Problem invalidField(String field, String detail) {
        return new Problem(ProblemType.INVALID_FIELD, detail, new FieldError(field, detail));
    }

    /** The resource that the request names does not exist. */
    public static Problem notFound(String detail) {
        return new Problem(ProblemType.NOT_FOUND, detail);
    }

    /** The hub is closed or is closing. */
    public static Problem stopped() {
        return stopped("push service stopped");
    }

    /** The hub is closed or is closing, with a detail for the caller. */
    public static Problem stopped(String detail) {
        return temporary(ProblemType.STOPPED, detail, WHEN_STOPPED);
    }

    /** The event log cannot be reached, with a detail for the caller. */
    public static Problem logUnavailable(String detail) {
        return temporary(ProblemType.LOG_UNAVAILABLE, detail, WHEN_OVERLOADED);
    }

    /** The event log did not answer, with a detail for the caller. */
    public static Problem outcomeUnknown(String detail) {
        return temporary(ProblemType.OUTCOME_UNKNOWN, detail, WHEN_OVERLOADED);
    }

    /** A resource that the response needs is busy. The caller may repeat the request. */
    public static Problem overloaded() {
        return temporary(ProblemType.OVERLOADED, "the server is too busy; retry later", WHEN_OVERLOADED);
    }

    /**
     * A resource that the response needs is unavailable for a while. The caller may repeat the request.
     *
     * @param what the resource, as people call it
     */
    public static Problem unavailable(String what) {
        return temporary(ProblemType.OVERLOADED, what + " is unavailable; retry later", WHEN_OVERLOADED);
    }

    private static Problem temporary(ProblemType type, String detail, Duration retryAfter) {
        return new Problem(type.status(), type, detail, List.of(), retryAfter);
    }

    /** The HTTP status of the response. */
    public Status status() {
        return status;
    }

    /** The type of the problem; empty when the status alone describes it. */
    public Optional<ProblemType> type() {
        return Optional.ofNullable(type);
    }

    /** The parts of the request that are wrong; empty when the problem is not about parts. */
    public List<FieldError> errors() {
        return errors;
    }

    /** How long the caller should wait before it repeats the request; empty when that is unknown. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What is wrong with this request. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The members of the JSON form, in order. The caller may add to the map. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        // RFC 9457: with about:blank, the status identifies the problem.
        members.put("type", type == null ? "about:blank" : type.uri());
        members.put("title", type == null ? status.reasonPhrase() : type.title());
        members.put("status", status.code());
        members.put("detail", detail());
        if (!errors.isEmpty()) {
            members.put("errors", errors.stream().map(FieldError::members).toList());
        }
        return members;
    }
}

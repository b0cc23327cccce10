package http;

import io.helidon.http.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error that becomes an RFC 9457 answer: a mistake of the caller, or the reason why the service cannot answer now.
 * The message is for the caller. It names the field, the value and what is allowed, and reveals nothing internal.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Less than it takes to start a hub, as another one may be running already. */
    private static final Duration WHEN_STOPPED = Duration.ofSeconds(1);

    /** By then a burst may have passed. */
    private static final Duration WHEN_OVERLOADED = Duration.ofSeconds(1);

    private final transient Status status;
    private final transient @Nullable ProblemType type;
    private final transient List<FieldError> errors;
    private final transient @Nullable Duration retryAfter;

    /**
     * A problem of which no more is to be told than its status and what is wrong.
     *
     * @param detail what is wrong with this very request
     */
    public Problem(Status status, String detail) {
        this(status, ProblemType.of(status).orElse(null), detail, List.of(), null);
    }

    /**
     * A problem of a kind of its own.
     *
     * @param detail what is wrong with this very request
     * @param errors which of its parts are wrong; may be empty
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
        super(detail, null, false, false); // an answer, not a failure: no stack trace
        this.status = status;
        this.type = type;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /** The request itself is wrong. */
    public static Problem badRequest(String detail) {
        return new Problem(ProblemType.BAD_REQUEST, detail);
    }

    /**
     * One part of the request is wrong.
     *
     * @param field a JSON pointer into the body, or the name of a parameter or header
     * @param detail names it too, as people call it
     */
    public static Problem invalidField(String field, String detail) {
        return new Problem(ProblemType.INVALID_FIELD, detail, new FieldError(field, detail));
    }

    /** What it names does not exist. */
    public static Problem notFound(String detail) {
        return new Problem(ProblemType.NOT_FOUND, detail);
    }

    /** The hub is closed, or about to be. */
    public static Problem stopped() {
        return stopped("push service stopped");
    }

    /** The hub is closed, or about to be, and there is more to be told. */
    public static Problem stopped(String detail) {
        return passing(ProblemType.STOPPED, detail, WHEN_STOPPED);
    }

    /** What is needed to answer is busy; the request may be repeated. */
    public static Problem overloaded() {
        return passing(ProblemType.OVERLOADED, "too busy to answer now; ask again", WHEN_OVERLOADED);
    }

    /**
     * What is needed to answer is away for a while; the request may be repeated.
     *
     * @param what the thing that is away, as people call it
     */
    public static Problem away(String what) {
        return passing(ProblemType.OVERLOADED, what + " is away; try again later", WHEN_OVERLOADED);
    }

    private static Problem passing(ProblemType type, String detail, Duration retryAfter) {
        return new Problem(type.status(), type, detail, List.of(), retryAfter);
    }

    /** The HTTP status of the answer. */
    public Status status() {
        return status;
    }

    /** Which kind it is; empty where the status says it all. */
    public Optional<ProblemType> type() {
        return Optional.ofNullable(type);
    }

    /** The parts of the request that are wrong; empty where it is not about parts. */
    public List<FieldError> errors() {
        return errors;
    }

    /** After how long the same request may be answered otherwise; empty where nobody knows. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What is wrong with this very request. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The members of its JSON form, in their order; may be added to. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        // RFC 9457: of about:blank the status says which problem it is.
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

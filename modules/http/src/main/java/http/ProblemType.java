package http;

import io.helidon.http.Status;
import java.util.Locale;
import java.util.Optional;

/**
 * The problem types, by which a program distinguishes errors (RFC 9457, section 3.1.1). The name of a type never
 * changes. docs/http-api.md describes when each type occurs.
 */
public enum ProblemType {
    /** The request or its body cannot be parsed. */
    BAD_REQUEST(400, "The request is malformed"),
    /** A field, a parameter or a header has an invalid value. */
    INVALID_FIELD(400, "A field is invalid"),
    /** The request has no credentials, or invalid or expired ones. */
    UNAUTHENTICATED(401, "The request has no valid credentials"),
    /** The request comes from a page of another site, or its caller may not do this. */
    FORBIDDEN(403, "The request is not allowed"),
    /** The resource that the request names does not exist. */
    NOT_FOUND(404, "The resource does not exist"),
    /** The path does not support the method. */
    METHOD_NOT_ALLOWED(405, "The path does not support the method"),
    /** The user already has the maximum number of open sessions. */
    TOO_MANY_SESSIONS(409, "The user has too many open sessions"),
    /** The body has too many bytes. */
    BODY_TOO_LARGE(413, "The body is too large"),
    /** The body has a media type that no call accepts. */
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
    /** The request is for another host. */
    MISDIRECTED_REQUEST(421, "The request is for another host"),
    /** The catalogue does not have the notification's kind. */
    UNKNOWN_KIND(422, "The kind is not in the catalogue"),
    /** The notification violates the rules of its kind. */
    PAYLOAD_DOES_NOT_FIT(422, "The notification violates the rules of its kind"),
    /** The broadcast would add too much to the log. */
    BROADCAST_TOO_LARGE(422, "The broadcast is too large"),
    /** The key was already used with another body. */
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used with a different body"),
    /** A bug; the log has the details. */
    INTERNAL_ERROR(500, "The server failed"),
    /** The hub is closed or is closing. */
    STOPPED(503, "The hub is stopped"),
    /** The event log cannot be reached; nothing was published. */
    LOG_UNAVAILABLE(503, "The event log is unavailable"),
    /** The event log did not answer; whether something was published is unknown. */
    OUTCOME_UNKNOWN(503, "The outcome is unknown"),
    /** A resource that the response needs is busy or unavailable. */
    OVERLOADED(503, "The service is temporarily unavailable");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The type of an error of which only the status is known. */
    static Optional<ProblemType> of(Status status) {
        return switch (status.code()) {
            case 400 -> Optional.of(BAD_REQUEST);
            case 401 -> Optional.of(UNAUTHENTICATED);
            case 403 -> Optional.of(FORBIDDEN);
            case 404 -> Optional.of(NOT_FOUND);
            case 405 -> Optional.of(METHOD_NOT_ALLOWED);
            case 413 -> Optional.of(BODY_TOO_LARGE);
            case 415 -> Optional.of(UNSUPPORTED_MEDIA_TYPE);
            case 421 -> Optional.of(MISDIRECTED_REQUEST);
            case 500 -> Optional.of(INTERNAL_ERROR);
            case 503 -> Optional.of(OVERLOADED);
            default -> Optional.empty();
        };
    }

    /** The type's URI, a relative reference that cannot be dereferenced. */
    public String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A short description of the type, the same for every request. */
    public String title() {
        return title;
    }

    /** The HTTP status of the type. */
    public Status status() {
        return Status.create(status);
    }
}

package http;

import io.helidon.http.Status;
import java.util.Locale;
import java.util.Optional;

/**
 * The problem types, by which a program tells errors apart (RFC 9457, section 3.1.1). The name of a type never changes.
 * docs/http-api.md describes when each one occurs.
 */
public enum ProblemType {
    /** The request, or its body, is none that can be read. */
    BAD_REQUEST(400, "The request can't be understood"),
    /** A field, a parameter or a header has a value that can't be. */
    INVALID_FIELD(400, "A field is not what it must be"),
    /** The request comes from a page of another site, or its caller may not do this. */
    FORBIDDEN(403, "This is not allowed"),
    /** What it names does not exist. */
    NOT_FOUND(404, "There is no such thing"),
    /** The path knows other methods. */
    METHOD_NOT_ALLOWED(405, "The path knows other methods"),
    /** A user has as many open sessions as there may be. */
    TOO_MANY_SESSIONS(409, "The user has too many open sessions"),
    /** The body has too many bytes. */
    BODY_TOO_LARGE(413, "The body is too large"),
    /** The body is of a type that nobody here reads. */
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
    /** The request is for a host that this server is not. */
    MISDIRECTED_REQUEST(421, "The request is for another host"),
    /** A notification is of a kind that the catalogue does not have. */
    UNKNOWN_KIND(422, "The kind is not in the catalogue"),
    /** A notification does not fit the rules of its kind. */
    PAYLOAD_DOES_NOT_FIT(422, "The notification does not fit its kind"),
    /** A broadcast would add too much to the log. */
    BROADCAST_TOO_LARGE(422, "The broadcast is too large"),
    /** A key came again with another request. */
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key belongs to a request with another body"),
    /** A bug; the log says more. */
    INTERNAL_ERROR(500, "The server failed"),
    /** The hub is closed, or about to be. */
    STOPPED(503, "The hub is stopped"),
    /** What the answer needs can't be had for the moment. */
    OVERLOADED(503, "The service can't answer for the moment");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The one that an error belongs to of which no more is known than its status. */
    static Optional<ProblemType> of(Status status) {
        return switch (status.code()) {
            case 400 -> Optional.of(BAD_REQUEST);
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

    /** A relative reference; there is nothing to be read at it. */
    public String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is in a few words, the same for every request. */
    public String title() {
        return title;
    }

    /** The HTTP status that goes with it. */
    public Status status() {
        return Status.create(status);
    }
}

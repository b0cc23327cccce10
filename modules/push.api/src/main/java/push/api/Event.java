package push.api;

import java.util.Optional;
import java.util.UUID;

/** An event for every gateway. */
public sealed interface Event permits ClientEvent, SessionInvalidation {

    /** Returns the user whom the event concerns; never the nil UUID. */
    UUID userId();

    /** Returns the session that the event concerns; empty for every session of the user. */
    Optional<UUID> session();

    /** Returns the publisher's id for the event, forwarded verbatim; may be empty. */
    String eventId();

    /**
     * Returns the W3C trace context for gateways to continue, in the form of the {@code traceparent} header; may be
     * empty.
     */
    String traceparent();

    /** Returns the same event with another trace context. */
    Event withTraceparent(String other);
}

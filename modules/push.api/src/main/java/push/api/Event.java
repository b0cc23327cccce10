package push.api;

import java.util.Optional;
import java.util.UUID;

/** Something that every gateway must hear about. */
public sealed interface Event permits ClientEvent, SessionInvalidation {

    /** The user it concerns; never the nil UUID. */
    UUID userId();

    /** The one session of the user that it concerns; empty for every session of the user. */
    Optional<UUID> session();

    /** The publisher's name for it, forwarded verbatim; may be empty. */
    String eventId();

    /** The W3C trace context in which gateways go on, in the form of the header of that name; may be empty. */
    String traceparent();

    /** The same event in another trace context. */
    Event withTraceparent(String other);
}

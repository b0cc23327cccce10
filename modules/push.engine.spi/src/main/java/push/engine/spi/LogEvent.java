package push.engine.spi;

import java.util.Optional;
import java.util.UUID;

/**
 * An event as a log sees it: what it needs for order, retention and de-duplication, and the event itself as opaque
 * bytes. The engine implements this interface. A log in the same process may keep the object and pass it to the tail as
 * it is; another log stores the {@link #bytes} and has {@link Tail#read} make an equal object of them. Immutable.
 */
public interface LogEvent {

    /** Returns the key within which events keep the order in which they were appended: the user's id. */
    UUID orderKey();

    /** Returns true for a session invalidation, which has a retention of its own, and false for a client event. */
    boolean isInvalidation();

    /** Returns the session that the event concerns; empty for every session of the user. */
    Optional<UUID> session();

    /**
     * Returns the id by which a repeated append is recognized; empty if the publisher never repeats the append. The
     * publishing side generates the id. It never comes from a caller's text.
     */
    Optional<UUID> onceId();

    /** Returns the encoded event, which {@link Tail#read} decodes. Each call encodes the event again. */
    byte[] bytes();
}

package push.engine;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.Event;
import push.api.SessionInvalidation;
import push.engine.spi.LogEvent;

/**
 * An event on its way through the log.
 *
 * @param repeatable the id by which a repeated append is recognized; null if the append is never repeated
 */
record StoredEvent(Event event, @Nullable UUID repeatable) implements LogEvent {

    /** Returns the event in what a tail was given, which is always a {@code StoredEvent}. */
    static Event of(LogEvent event) {
        if (event instanceof StoredEvent stored) {
            return stored.event;
        }
        throw new IllegalArgumentException("the event must come from an append or from Tail.read, but was a "
                + event.getClass().getName());
    }

    @Override
    public UUID orderKey() {
        return event.userId();
    }

    @Override
    public boolean isInvalidation() {
        return event instanceof SessionInvalidation;
    }

    @Override
    public Optional<UUID> session() {
        return event.session();
    }

    @Override
    public Optional<UUID> onceId() {
        return Optional.ofNullable(repeatable);
    }

    @Override
    public byte[] bytes() {
        return EventCodec.encode(event);
    }
}

package push.engine.spi;

import java.time.Instant;
import push.api.Event;

/** Where a log hands on its events: the hub's recent events. */
@FunctionalInterface
public interface Tail {

    /**
     * Takes the next event. Returns without waiting for anyone; not to be called by two threads at
     * once.
     *
     * @param sequence one more than that of the event before
     */
    void append(long sequence, Instant publishedAt, Event event);
}

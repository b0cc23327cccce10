package push.engine.spi;

import java.time.Instant;
import push.api.Event;

/** The receiver of a log's events: the part of the hub that keeps events for replay. */
public interface Tail {

    /**
     * Receives the next event. Never waits. Two threads must not call this method at the same time.
     *
     * @param sequence the event's sequence, one more than that of the previous event
     */
    void append(long sequence, Instant publishedAt, Event event);

    /**
     * Wakes the readers. Call this method after one or more appends, from any thread, and preferably without holding a
     * lock, because it may have to wake a thread.
     */
    void signal();
}

package push.engine.spi;

import java.time.Instant;
import push.api.Event;

/** Where a log hands on its events: what the hub can replay. */
public interface Tail {

    /**
     * Takes the next event. Returns without waiting for anyone; not to be called by two threads at
     * once.
     *
     * @param sequence one more than that of the event before
     */
    void append(long sequence, Instant publishedAt, Event event);

    /**
     * Has the readers woken. To be called after one append or more, by any thread, best without a lock: it
     * may have to wake a thread.
     */
    void signal();
}

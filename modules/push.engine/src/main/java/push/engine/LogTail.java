package push.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import push.engine.spi.LogEvent;
import push.engine.spi.LogState;
import push.engine.spi.Tail;

/**
 * Receives the events of a log, and keeps those of its present life.
 *
 * <p>A new life becomes current with its first event, or once the log is ready: until then its kept invalidations may
 * still be arriving. The store of the former life remains in use by readers that have not taken
 * everything from it, until its events expire or a further life begins.
 */
final class LogTail implements Tail {

    private final RetentionConfig retention;
    private final WireFormat format;
    private final EngineRuntime runtime;
    private final Runnable onNews;
    private volatile EventStore current;
    private volatile @Nullable EventStore former;
    private volatile LogState state = LogState.CONNECTING;
    private volatile boolean wasReady;

    /** The life that has begun and is not yet current. Used only by the thread of the log. */
    private @Nullable EventStore beginning;

    /** @param onNews run when there is something to read; must not wait */
    LogTail(RetentionConfig retention, WireFormat format, EngineRuntime runtime, Runnable onNews) {
        this.retention = retention;
        this.format = format;
        this.runtime = runtime;
        this.onNews = onNews;
        this.current = store("_", 0, true); // for the status of a hub that still connects
    }

    @Override
    public void begin(String epoch, long base, boolean bornEmpty) {
        Cursor _ = new Cursor(epoch, base); // checks both
        beginning = store(epoch, base, bornEmpty);
    }

    private EventStore store(String epoch, long base, boolean bornEmpty) {
        return new EventStore(epoch, base, bornEmpty, retention, format, runtime);
    }

    @Override
    public void restore(long sequence, Instant publishedAt, Duration age, LogEvent event) {
        EventStore store = beginning;
        if (store == null) {
            throw new IllegalStateException(
                    "restore must come after begin and before the first append, but was called for " + sequence);
        }
        store.restore(sequence, publishedAt, age, StoredEvent.of(event));
    }

    @Override
    public void lostInvalidations(long through) {
        EventStore store = beginning;
        (store == null ? current : store).invalidations().markLost(through);
    }

    @Override
    public void append(long sequence, Instant publishedAt, Duration age, LogEvent event) {
        makeLatestCurrent().append(sequence, publishedAt, age, StoredEvent.of(event));
    }

    @Override
    public void skip(long through, boolean invalidations) {
        makeLatestCurrent().skip(through, invalidations);
    }

    /** Makes the life that began last current, if it is not yet, and returns its store. */
    private EventStore makeLatestCurrent() {
        EventStore store = beginning;
        if (store == null) {
            return current;
        }
        beginning = null;
        EventStore replaced = former;
        if (replaced != null) {
            replaced.recent().evictAll();
        }
        EventStore ended = current;
        former = ended;
        current = store;
        ended.endsBefore(store);
        return store;
    }

    @Override
    public LogEvent read(byte[] bytes) {
        return new StoredEvent(EventCodec.decode(bytes), null);
    }

    @Override
    public void signal() {
        onNews.run();
    }

    @Override
    public void state(LogState now) {
        if (now == LogState.READY) {
            EventStore _ = makeLatestCurrent();
            wasReady = true;
        }
        state = now;
        onNews.run(); // a heartbeat may be due, or a new life has begun
    }

    @Override
    public void announced(String id, long token, boolean here) {
        // No other hub can have a subscription with this id.
    }

    /** The events of the present life of the log. */
    EventStore current() {
        return current;
    }

    /** Whether the log passes events on as they are stored. */
    LogState state() {
        return state;
    }

    /** Returns true once the log was ready for the first time. */
    boolean wasReady() {
        return wasReady;
    }

    /** Removes expired events. Safe for any thread. */
    void expire() {
        current.expire();
        EventStore earlier = former;
        if (earlier != null) {
            earlier.expire();
        }
    }
}

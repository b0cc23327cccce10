package push.transport;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import push.engine.Hub;

/**
 * Looks after all streams, four times a second: ends those whose connection is gone and those whose
 * reader takes nothing, and frees threads that hang in a write to either, or wait for a request that
 * can't come any more.
 */
final class StreamSupervisor implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StreamSupervisor.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final Duration DRAIN_POLL = Duration.ofMillis(5);

    private final Hub hub;
    private final long stallNanos;
    private final Set<SupervisedStream> streams = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    StreamSupervisor(Hub hub, Duration stallTimeout) {
        this.hub = hub;
        this.stallNanos = stallTimeout.toNanos();
        this.thread = Thread.ofPlatform().daemon().name("push-supervisor").start(this::run);
    }

    void add(SupervisedStream stream) {
        streams.add(stream);
    }

    void remove(SupervisedStream stream) {
        streams.remove(stream);
    }

    int size() {
        return streams.size();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, INTERVAL.toNanos());
            look(System.nanoTime());
        }
    }

    /** The single step: looks once at every stream. */
    void look(long now) {
        streams.removeIf(stream -> isDone(stream, now));
    }

    private boolean isDone(SupervisedStream stream, long now) {
        try {
            return stream.look(hub, now, stallNanos, GRACE.toNanos());
        } catch (RuntimeException e) {
            LOG.log(ERROR, "a stream could not be looked after", e); // the others still are
            return false;
        }
    }

    /** Stops looking, once all streams have ended or have had the time to. */
    @Override
    public void close() {
        long start = System.nanoTime();
        while (!streams.isEmpty() && System.nanoTime() - start < DRAIN.toNanos()) {
            LockSupport.parkNanos(this, DRAIN_POLL.toNanos());
        }
        closed = true;
        LockSupport.unpark(thread);
    }
}

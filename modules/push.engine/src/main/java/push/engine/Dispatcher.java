package push.engine;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes parked subscriptions, so that a publisher need not: it pays for at most one wake-up, this
 * thread's, whatever the number of subscriptions.
 *
 * <p>No wake-up is lost, by the argument of Dekker's algorithm: a reader first says that it parks and
 * then looks for news, a publisher first makes news and then looks for parked readers. All four are
 * volatile, so at least one of the two sees the other. Between publisher and dispatcher alike.
 */
final class Dispatcher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Registry registry;
    private final Runnable maintenance;
    private final EngineTime time;
    private final long maintenanceNanos;
    private final AtomicInteger parkedReaders = new AtomicInteger();
    private final AtomicBoolean news = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** @param maintenance run on this thread once in every {@code interval} */
    Dispatcher(Registry registry, EngineTime time, Runnable maintenance, Duration interval) {
        this.registry = registry;
        this.time = time;
        this.maintenance = maintenance;
        this.maintenanceNanos = interval.toNanos();
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name("push-dispatcher").start(this::run);
    }

    /** A reader is about to park. */
    void parking() {
        parkedReaders.incrementAndGet();
    }

    /** A reader goes on. */
    void unparked() {
        parkedReaders.decrementAndGet();
    }

    /** There is news. Costs a volatile read while nobody waits for any. */
    void signal() {
        if (parkedReaders.get() > 0 && !news.get() && news.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        long lastMaintenance = time.nanoTime();
        while (!closed) {
            try {
                if (news.compareAndSet(true, false)) {
                    wakeAll();
                }
                long left = maintenanceNanos - (time.nanoTime() - lastMaintenance);
                if (left <= 0) {
                    lastMaintenance = time.nanoTime();
                    maintenance.run();
                } else if (!news.get()) {
                    LockSupport.parkNanos(this, left);
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.log(ERROR, "the dispatcher failed, and goes on: without it nobody would be woken", e);
            }
        }
    }

    /** The single step: wakes every parked subscription that has something to take. */
    void wakeAll() {
        for (Subscription subscription : registry.all()) {
            subscription.wake();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

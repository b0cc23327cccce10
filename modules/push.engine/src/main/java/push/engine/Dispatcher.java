package push.engine;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final EngineRuntime runtime;
    private final long maintenanceNanos;
    private final AtomicInteger parkedReaders = new AtomicInteger();
    private final AtomicBoolean news = new AtomicBoolean();
    private long lastMaintenance; // only its own thread uses it
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** @param maintenance run on this thread once in every {@code interval} */
    Dispatcher(Registry registry, EngineRuntime runtime, Runnable maintenance, Duration interval) {
        this.registry = registry;
        this.runtime = runtime;
        this.maintenance = maintenance;
        this.maintenanceNanos = interval.toNanos();
        this.lastMaintenance = runtime.nanoTime();
    }

    void start() {
        thread = runtime.start("push-dispatcher", this::run);
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
            wakeItself();
        }
    }

    private void wakeItself() {
        Thread own = thread;
        if (own != null) { // else the hub is still being opened, and nobody can wait yet
            runtime.unpark(own);
        }
    }

    private void run() {
        while (!closed) {
            try {
                long left = step();
                if (left > 0 && !news.get()) {
                    runtime.park(this, left);
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.log(ERROR, "the dispatcher failed, and goes on: without it nobody would be woken", e);
            }
        }
    }

    /**
     * The loop's single step: wakes who has something to take, and runs the maintenance when it is due.
     *
     * @return how long until it is due again, in nanoseconds
     */
    long step() {
        if (news.compareAndSet(true, false)) {
            wakeAll();
        }
        long now = runtime.nanoTime();
        if (now - lastMaintenance >= maintenanceNanos) {
            lastMaintenance = now;
            maintenance.run();
        }
        return maintenanceNanos - (now - lastMaintenance);
    }

    private void wakeAll() {
        boolean done = false;
        try {
            registry.forEach(Subscription::wake);
            done = true;
        } finally {
            if (!done) {
                news.set(true); // for those that it did not come to
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        wakeItself();
    }
}

package database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import threads.LongLived;
import threads.Steps;

/** Tries every two seconds whether something can be done, on a thread of its own, as it may hang. */
final class Probe implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(2);

    /** The age from which a success counts no more: the next attempts hang. */
    private static final long STALE_NANOS = Duration.ofSeconds(6).toNanos();

    private final Runnable attempt;
    private final long intervalNanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean good = true;
    private volatile long triedAt = System.nanoTime();

    /** @param attempt throws when it fails */
    Probe(Runnable attempt) {
        this(attempt, INTERVAL);
    }

    Probe(Runnable attempt, Duration interval) {
        this.attempt = attempt;
        this.intervalNanos = interval.toNanos();
    }

    void start() {
        Steps steps = new Steps(LongLived.DATABASE_PROBE);
        Thread.ofVirtual().name(LongLived.DATABASE_PROBE.label()).start(() -> steps.run(this::step));
    }

    private boolean step() throws InterruptedException {
        if (closed.await(intervalNanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        tryOnce();
        return true;
    }

    private void tryOnce() {
        boolean succeeded = false;
        try {
            attempt.run();
            succeeded = true;
        } catch (RuntimeException e) {
            // isGood() reports it.
        } finally {
            good = succeeded;
            triedAt = System.nanoTime();
        }
    }

    /** Whether the last attempt has succeeded; true before the first one. */
    boolean isGood() {
        return good && System.nanoTime() - triedAt < STALE_NANOS;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

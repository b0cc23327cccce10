package database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tries every two seconds whether something can be done, on a thread of its own, as it may hang. */
final class Probe implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(2);

    /** The age from which a success counts no more: the next attempts hang. */
    private static final long STALE_NANOS = Duration.ofSeconds(6).toNanos();

    private final Runnable attempt;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean good = true;
    private volatile long triedAt = System.nanoTime();

    /** @param attempt throws when it fails */
    Probe(Runnable attempt) {
        this.attempt = attempt;
    }

    void start() {
        Thread.ofVirtual().name("database-probe").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
                tryOnce();
            }
        } catch (InterruptedException e) {
            good = false; // only this class has the thread, and it never interrupts it
        }
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

package database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import threads.LongLived;
import threads.Steps;

/** Makes an attempt every two seconds, on its own thread because the attempt may hang. */
final class Probe implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(2);

    /** The age at which a success no longer counts, because the next attempts hang. */
    private static final long STALE_NANOS = Duration.ofSeconds(6).toNanos();

    private final Runnable attempt;
    private final long intervalNanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean good = true;
    private volatile long triedAt = System.nanoTime();

    /** @param attempt the attempt; it throws when it fails */
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

    /** Whether the last attempt succeeded and is recent; true before the first attempt. */
    boolean isGood() {
        return good && System.nanoTime() - triedAt < STALE_NANOS;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

package notification;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has expired keys forgotten, now and then, on a thread of its own. */
public final class KeySweeper implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KeySweeper.class.getName());
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Between two batches, so that they take no more than a part of what the database can do. */
    private static final Duration BREATH = Duration.ofMillis(50);

    /** How long a close waits for the batch that it is at: the database may be away. */
    private static final Duration LAST_BATCH = Duration.ofSeconds(1);

    private final IdempotencyKeys keys;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /** Begins; the first time is at once. */
    public KeySweeper(IdempotencyKeys keys) {
        this.keys = keys;
        this.thread = Thread.ofVirtual().name("idempotency-key-sweeper").start(this::run);
    }

    private void run() {
        boolean more = sweep();
        while (!stopsWithin(more ? BREATH : INTERVAL)) {
            more = sweep();
        }
    }

    private boolean stopsWithin(Duration time) {
        try {
            return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private boolean sweep() {
        try {
            return keys.sweep();
        } catch (RuntimeException e) { // whatever it is, the next time comes
            LOG.log(WARNING, "expired Idempotency-Keys could not be deleted; tried again later: " + e.getMessage());
            return false;
        }
    }

    /** Stops, between two batches: an interrupt would close H2's file. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            boolean _ = thread.join(LAST_BATCH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

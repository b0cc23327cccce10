package database;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import threads.LongLived;
import threads.Steps;

/** Runs a clean-up task on the database in batches, at once and then at an interval, on its own thread. */
public final class Sweeper implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());

    /** The pause between two batches, so that they use only a part of the database's capacity. */
    private static final Duration BATCH_PAUSE = Duration.ofMillis(50);

    /** How long a close waits for the current batch: the database may be down. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final String what;
    private final Duration interval;
    private final BooleanSupplier batch;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing; // used only by the thread

    /**
     * Starts the task.
     *
     * @param what what is cleaned up, for the log
     * @param interval the pause after the last batch
     * @param batch cleans up a batch; returns true if there may be more
     */
    public Sweeper(String what, Duration interval, BooleanSupplier batch) {
        this.what = what;
        this.interval = interval;
        this.batch = batch;
        Steps steps = new Steps(LongLived.SWEEPER);
        this.thread = Thread.ofVirtual().name(LongLived.SWEEPER.label()).start(() -> steps.run(this::step));
    }

    private boolean step() throws InterruptedException {
        Duration rest = sweep() ? BATCH_PAUSE : interval;
        return !stopped.await(rest.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean sweep() {
        try {
            boolean more = batch.getAsBoolean();
            failing = false;
            return more;
        } catch (RuntimeException e) { // for any reason: there will be another run
            if (!failing) {
                LOG.log(WARNING, what + " cannot be cleaned up for now; the hub will retry: " + e.getMessage());
            }
            failing = true;
            return false;
        }
    }

    /** Stops several sweepers. This takes no longer than stopping one. */
    public static void close(List<Sweeper> sweepers) {
        sweepers.forEach(sweeper -> sweeper.stopped.countDown());
        long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        sweepers.forEach(sweeper -> sweeper.join(Math.max(1, end - System.nanoTime())));
    }

    private void join(long nanos) {
        try {
            boolean _ = thread.join(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops between two batches: an interrupt would close H2's file. */
    @Override
    public void close() {
        close(List.of(this));
    }
}

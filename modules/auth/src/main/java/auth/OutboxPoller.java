package auth;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import database.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Reads the outbox again and again. Each poll publishes a batch of revocations, marks them, updates the gauge, and
 * deletes revocations that have expired. After a failure, the next poll comes later. For one thread.
 */
final class OutboxPoller {

    private static final System.Logger LOG = System.getLogger(OutboxPoller.class.getName());

    private static final int BATCH = 500;

    /**
     * No caller waits for this, because a revocation wakes the relay. The interval is for revocations that another
     * process has committed.
     */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration CLEAN_UP_INTERVAL = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final BatchPublisher publisher;
    private final Progress progress;
    private final PendingGauge pending;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff();
    private Instant nextCleanUp;

    OutboxPoller(
            Outbox outbox, BatchPublisher publisher, Progress progress, PendingGauge pending, InstantSource clock) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.progress = progress;
        this.pending = pending;
        this.clock = clock;
        this.nextCleanUp = clock.instant().plus(CLEAN_UP_INTERVAL);
    }

    /** Whether the last poll has failed. */
    boolean isFailing() {
        return backoff.isActive();
    }

    /** Publishes a batch. Returns how long to wait before the next poll, unless there is work earlier. */
    Duration poll() {
        try {
            publisher.markPublished(); // revocations that an earlier poll could not mark
            long requested = progress.requested();
            long added = pending.added();
            List<Revocation> batch = outbox.unpublished(BATCH);
            boolean all = publisher.publish(batch);
            boolean more = all && batch.size() == BATCH;
            if (!more) {
                progress.completed(requested);
            }
            publisher.markPublished();
            pending.update(all && !more, added, outbox::pending);
            deleteExpired();
            succeeded();
            return more ? Duration.ZERO : IDLE;
        } catch (RuntimeException e) {
            return failed(e);
        } catch (Error e) {
            progress.end(); // callers must not wait meanwhile
            throw e;
        }
    }

    private void deleteExpired() {
        if (!clock.instant().isBefore(nextCleanUp) && outbox.deleteExpired(BATCH) < BATCH) {
            nextCleanUp = clock.instant().plus(CLEAN_UP_INTERVAL);
        }
    }

    private void succeeded() {
        progress.begin(); // again, after any failure
        if (backoff.isActive()) {
            backoff.succeeded();
            LOG.log(INFO, "auth can publish revocations again");
        }
    }

    private Duration failed(RuntimeException e) {
        progress.end(); // callers must not wait meanwhile
        if (!backoff.isActive()) {
            String what = "auth cannot publish revocations; they stay in the database until it can";
            if (e instanceof DatabaseException || e instanceof LogUnavailableException) {
                LOG.log(WARNING, what + ": " + e.getMessage());
            } else {
                LOG.log(WARNING, what, e);
            }
        }
        return backoff.failed();
    }
}

package auth;

import static java.lang.System.Logger.Level.INFO;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Publishes revocations again after a restart, for a log that has lost them, and publishes those that were never
 * published: all in the order of their ids.
 */
final class Republisher {

    private static final System.Logger LOG = System.getLogger(Republisher.class.getName());

    private static final int BATCH = 500;

    private final Outbox outbox;
    private final BatchPublisher publisher;
    private final InstantSource clock;

    Republisher(Outbox outbox, BatchPublisher publisher, InstantSource clock) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Publishes the revocations. Stops if the hub closes.
     *
     * @return true if all are published
     * @throws IllegalStateException when another relay may publish from the outbox
     */
    boolean republish(Republication republication) {
        Instant since = clock.instant().minus(republication.retention());
        long oldest = republication.oldestOf(outbox, since);
        long after = 0;
        long count = 0;
        List<Revocation> batch;
        do {
            batch = outbox.toRepublish(after, oldest, since, BATCH);
            boolean all = publisher.publish(batch);
            publisher.markPublished();
            if (!publisher.isExclusive()) {
                throw new IllegalStateException("another hub may be using the database; start this hub again");
            }
            if (!all) {
                return false;
            }
            after = batch.isEmpty() ? after : batch.getLast().id();
            count += batch.size();
        } while (batch.size() == BATCH);
        if (count > 0) {
            LOG.log(INFO, "auth has published earlier revocations again; count=" + count);
        }
        return true;
    }
}

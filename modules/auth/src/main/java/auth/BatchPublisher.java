package auth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import push.api.SessionInvalidator;

/**
 * Publishes batches of revocations in order, and marks them as published in the outbox.
 *
 * <p>In between, this class remembers the published revocations. If they cannot be marked because the
 * database is unavailable, a later call of {@link #markPublished} marks them.
 *
 * <p>For one thread.
 */
final class BatchPublisher {

    private final Outbox outbox;
    private final RevocationPublisher publisher;
    private final BooleanSupplier isExclusive;

    /** Revocations that the log has stored, and that are not yet marked in the outbox. */
    private final List<Revocation> unmarked = new ArrayList<>();

    /** @param isExclusive whether no other relay can publish from the outbox; nothing is published while it is false */
    BatchPublisher(Outbox outbox, SessionInvalidator invalidator, BooleanSupplier isExclusive) {
        this.outbox = outbox;
        this.publisher = new RevocationPublisher(invalidator);
        this.isExclusive = isExclusive;
    }

    boolean isExclusive() {
        return isExclusive.getAsBoolean();
    }

    /**
     * Publishes revocations in order. Stops before the first revocation that is not published now, because the user's
     * next revocation must not overtake it. Returns true if all are published.
     */
    boolean publish(List<Revocation> revocations) {
        for (Revocation revocation : revocations) {
            if (!isExclusive() || !publish(revocation)) {
                return false;
            }
        }
        return true;
    }

    private boolean publish(Revocation revocation) {
        return switch (publisher.publish(revocation)) {
            case PUBLISHED -> {
                if (revocation.publishedAt() == null) {
                    unmarked.add(revocation);
                }
                yield true;
            }
            case HUB_CLOSED -> false;
        };
    }

    /** Marks the revocations that were published since the last call. */
    void markPublished() {
        if (!unmarked.isEmpty()) {
            outbox.markPublished(unmarked);
            unmarked.clear();
        }
    }
}

package auth;

import auth.RevocationPublisher.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
     * Publishes revocations in order. Stops at the first revocation that is not published now, because the user's next
     * revocation must not overtake it. Revocations of different users do not wait for each other.
     *
     * @return true if all are published; false if the hub is closed, or another relay may publish
     * @throws LogUnavailableException if the log is unavailable; what was published before is remembered
     */
    boolean publish(List<Revocation> revocations) {
        int next = 0;
        while (next < revocations.size() && isExclusive()) {
            List<Revocation> distinct = ofDistinctUsers(revocations, next);
            next += distinct.size();
            if (!publishAll(distinct)) {
                return false;
            }
        }
        return next == revocations.size();
    }

    /** Returns the revocations from {@code from} on, up to the second one of a user. */
    private static List<Revocation> ofDistinctUsers(List<Revocation> revocations, int from) {
        Set<UUID> users = new HashSet<>();
        int to = from;
        while (to < revocations.size() && users.add(revocations.get(to).userId())) {
            to++;
        }
        return revocations.subList(from, to);
    }

    private boolean publishAll(List<Revocation> revocations) {
        List<CompletableFuture<Result>> results = new ArrayList<>();
        for (Revocation revocation : revocations) {
            if (!isExclusive()) {
                break;
            }
            results.add(publisher.publish(revocation).toCompletableFuture());
        }
        boolean all = results.size() == revocations.size();
        boolean tryAgain = false;
        for (int i = 0; i < results.size(); i++) {
            switch (results.get(i).join()) {
                case PUBLISHED -> remember(revocations.get(i));
                case HUB_CLOSED -> all = false;
                case TRY_AGAIN -> tryAgain = true;
            }
        }
        if (tryAgain) {
            throw new LogUnavailableException();
        }
        return all;
    }

    private void remember(Revocation published) {
        if (published.publishedAt() == null) {
            unmarked.add(published);
        }
    }

    /** Marks the revocations that were published since the last call. */
    void markPublished() {
        if (!unmarked.isEmpty()) {
            outbox.markPublished(unmarked);
            unmarked.clear();
        }
    }
}

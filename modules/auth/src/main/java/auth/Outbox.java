package auth;

import java.time.Instant;
import java.util.List;

/** The revocations that the relay publishes. Every method may throw {@link database.DatabaseUnavailable}. */
interface Outbox {

    /** Returns the oldest revocations that are not yet published, in the order of their ids. */
    List<Revocation> unpublished(int limit);

    /** Returns the number and age of the revocations that are not yet published. */
    PendingRevocations pending();

    /**
     * Returns revocations that are published, were made since {@code since}, and have not expired: the newest first.
     *
     * @param before an upper bound of the ids, exclusive
     */
    List<Revocation> publishedBefore(long before, Instant since, int limit);

    /**
     * Returns the revocations that must be published to a log that has lost everything, in the order of their ids:
     * those that are not yet published, and those that are published, were made since {@code since}, and have not
     * expired.
     *
     * @param after a lower bound of all ids, exclusive
     * @param oldest a lower bound of the ids of published revocations, inclusive
     */
    List<Revocation> toRepublish(long after, long oldest, Instant since, int limit);

    /**
     * Takes over the outbox. From now on, an earlier owner can no longer mark revocations as published, so this process
     * publishes again what the earlier owner publishes later.
     */
    void takeOver();

    /** Marks the revocations as published, unless another process has taken over the outbox. */
    void markPublished(List<Revocation> revocations);

    /** Deletes some published revocations that have expired. Returns how many it deleted. */
    int deleteExpired(int limit);
}

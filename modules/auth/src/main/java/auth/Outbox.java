package auth;

import java.time.Instant;
import java.util.List;

/** What the relay has to publish. Every method may throw {@link database.DatabaseUnavailable}. */
interface Outbox {

    /** The oldest revocations that have yet to be published, in the order of their ids. */
    List<Revocation> unpublished(int limit);

    /** How many revocations have yet to be published, and since when. */
    Backlog backlog();

    /**
     * Those that are published, were revoked since {@code since}, and have not expired: the newest first.
     *
     * @param before the id to go on before
     */
    List<Revocation> publishedBefore(long before, Instant since, int limit);

    /**
     * What a log that has forgotten everything must be told, in the order of ids: what has yet to be published, and
     * what was published, was revoked since {@code since}, and has not expired.
     *
     * @param after the id to go on after
     * @param oldest the id that those which are published begin with
     */
    List<Revocation> toRepublish(long after, long oldest, Instant since, int limit);

    /**
     * Takes the outbox over: from now on, only this process can note what is published. What another one notes later has no
     * effect, so this one publishes it, too.
     */
    void takeOver();

    /** Notes that these are published, unless another process has taken the outbox over. */
    void published(List<Revocation> revocations);

    /** Deletes some that are published and have expired; says how many. */
    int deleteExpired(int limit);
}

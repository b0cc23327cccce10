package auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gauge of pending revocations. Reading it does not query the database: the count is what the relay last found
 * there, or what this process has committed since, whichever is more. While the relay cannot query the database, the
 * count stays, and the age grows.
 *
 * <p>Thread-safe, except that only the relay's thread calls {@link #update}.
 */
final class PendingGauge {

    /**
     * How often the pending revocations are counted while there are any. The more there are, the longer a count takes.
     */
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(5);

    private final InstantSource clock;
    private Instant nextCount;
    private PendingRevocations found = PendingRevocations.NONE;

    /** The number of revocations that this process has committed since the relay's last query began. */
    private long committed;

    private @Nullable Instant committedAt;

    PendingGauge(InstantSource clock) {
        this.clock = clock;
        this.nextCount = clock.instant();
    }

    /** Adds a revocation that this process has committed. */
    synchronized void add() {
        if (committed++ == 0) {
            committedAt = clock.instant();
        }
    }

    /** The number of revocations that were added. The relay calls this before its query. */
    synchronized long added() {
        return committed;
    }

    /**
     * Updates the gauge after the relay's query. The first {@code addedThen} of the revocations that were added are
     * published, or were part of that query.
     *
     * @param empty whether all revocations that the query found are published, and there are no more
     * @param query counts the pending revocations; called without a lock, and not every time
     */
    void update(boolean empty, long addedThen, Supplier<PendingRevocations> query) {
        Instant now = clock.instant();
        if (empty) {
            set(PendingRevocations.NONE, addedThen);
            nextCount = now;
        } else if (!now.isBefore(nextCount)) {
            set(query.get(), addedThen);
            nextCount = now.plus(COUNT_INTERVAL);
        }
    }

    private synchronized void set(PendingRevocations left, long addedThen) {
        found = left;
        committed -= addedThen;
        committedAt = committed == 0 ? null : clock.instant();
    }

    synchronized PendingRevocations read() {
        @Nullable Instant oldest = found.oldest() == null ? committedAt : found.oldest();
        return new PendingRevocations(Math.max(found.count(), committed), oldest);
    }
}

package auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the revocations that wait to be published. Reading the count does not query the database: the count is what
 * the relay last found there, or what this process has committed since, whichever is more. While the relay cannot query
 * the database, the count stays, and its age grows.
 *
 * <p>Thread-safe, except that only the relay's thread calls {@link #update}.
 */
final class BacklogGauge {

    /** How often the backlog is counted while it does not shrink. The larger the backlog, the longer a count takes. */
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(5);

    private final InstantSource clock;
    private Instant nextCount;
    private Backlog found = Backlog.NONE;

    /** The number of revocations that this process has committed since the relay's last query began. */
    private long committed;

    private @Nullable Instant committedAt;

    BacklogGauge(InstantSource clock) {
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
     * @param count counts the revocations that are not published yet; called without a lock, and not every time
     */
    void update(boolean empty, long addedThen, Supplier<Backlog> count) {
        Instant now = clock.instant();
        if (empty) {
            set(Backlog.NONE, addedThen);
            nextCount = now;
        } else if (!now.isBefore(nextCount)) {
            set(count.get(), addedThen);
            nextCount = now.plus(COUNT_INTERVAL);
        }
    }

    private synchronized void set(Backlog left, long addedThen) {
        found = left;
        committed -= addedThen;
        committedAt = committed == 0 ? null : clock.instant();
    }

    synchronized Backlog read() {
        @Nullable Instant oldest = found.oldest() == null ? committedAt : found.oldest();
        return new Backlog(Math.max(found.revocations(), committed), oldest);
    }
}

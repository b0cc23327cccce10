package auth;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts the revocations that wait to be published. Reading the count does not query the database: the count is what
 * the relay last found there, or what this process has committed since, whichever is more. While the relay cannot query
 * the database, the count stays, and its age grows.
 *
 * <p>Thread-safe.
 */
final class BacklogGauge {

    private final InstantSource clock;
    private Backlog found = Backlog.NONE;

    /** The number of revocations that this process has committed since the relay's last query began. */
    private long committed;

    private @Nullable Instant committedAt;

    BacklogGauge(InstantSource clock) {
        this.clock = clock;
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
     * Sets the result of the relay's query: {@code left} revocations remain. The first {@code addedThen} of those that
     * were added are published or among them.
     */
    synchronized void set(Backlog left, long addedThen) {
        found = left;
        committed -= addedThen;
        committedAt = committed == 0 ? null : clock.instant();
    }

    synchronized Backlog read() {
        @Nullable Instant oldest = found.oldest() == null ? committedAt : found.oldest();
        return new Backlog(Math.max(found.revocations(), committed), oldest);
    }
}

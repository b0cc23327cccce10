package auth;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts what waits to be published, without asking the database when it is read: what the relay last found there, or
 * what was committed since, whichever is more. While the relay can't look, the count stays, and its age grows.
 *
 * <p>Thread-safe.
 */
final class BacklogGauge {

    private final InstantSource clock;
    private Backlog found = Backlog.NONE;

    /** Committed by this process since the relay last began to look. */
    private long committed;

    private @Nullable Instant committedAt;

    BacklogGauge(InstantSource clock) {
        this.clock = clock;
    }

    /** This process has committed one more. */
    synchronized void add() {
        if (committed++ == 0) {
            committedAt = clock.instant();
        }
    }

    /** How many were added; for the relay, before it looks. */
    synchronized long added() {
        return committed;
    }

    /** The relay has looked: this is what was left, and those that had been added by then are published or among it. */
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

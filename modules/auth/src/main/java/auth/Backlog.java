package auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What is revoked and not yet published.
 *
 * @param revocations how many revocations
 * @param oldest when the first of them was committed; null if there are none
 */
public record Backlog(long revocations, @Nullable Instant oldest) {

    static final Backlog NONE = new Backlog(0, null);

    /** For how long the oldest has waited, by a clock; zero if there are none, or if the clock was put back. */
    public Duration age(InstantSource clock) {
        if (oldest == null) {
            return Duration.ZERO;
        }
        Duration age = Duration.between(oldest, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}

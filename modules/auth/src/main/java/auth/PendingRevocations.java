package auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The number and age of the revocations that are committed and not yet published.
 *
 * @param count the number of revocations
 * @param oldest about when the oldest of them was committed; null if there are none
 */
public record PendingRevocations(long count, @Nullable Instant oldest) {

    static final PendingRevocations NONE = new PendingRevocations(0, null);

    /**
     * How long the oldest revocation has waited, by the given clock. Zero if there are none, or if the clock was set
     * back.
     */
    public Duration age(InstantSource clock) {
        if (oldest == null) {
            return Duration.ZERO;
        }
        Duration age = Duration.between(oldest, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}

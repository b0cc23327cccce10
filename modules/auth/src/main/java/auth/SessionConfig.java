package auth;

import java.time.Duration;

/**
 * The settings for sessions.
 *
 * @param ttl how long a session lasts if it is not revoked; positive
 * @param retention how long a session is kept after it has ended; positive
 * @param maxPerUser the maximum number of open sessions of a user, at least 1
 */
public record SessionConfig(Duration ttl, Duration retention, int maxPerUser) {

    /** The default of {@code maxPerUser}: more than a person opens, and few enough to revoke in one transaction. */
    public static final int DEFAULT_MAX_PER_USER = 1000;

    /** @throws IllegalArgumentException when a value is not allowed; the message names the component and its value */
    public SessionConfig {
        if (!ttl.isPositive() || !retention.isPositive()) {
            throw new IllegalArgumentException(
                    "ttl and retention must be positive, and were " + ttl + " and " + retention);
        }
        if (maxPerUser < 1) {
            throw new IllegalArgumentException("maxPerUser must be at least 1, but was " + maxPerUser);
        }
    }
}

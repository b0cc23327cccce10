package auth;

import java.time.Duration;

/**
 * What sessions may be like.
 *
 * @param ttl after how long a session ends by itself; positive
 * @param retention how long a session that has ended is kept; positive
 * @param maxPerUser how many open sessions a user may have, at least 1
 */
public record SessionConfig(Duration ttl, Duration retention, int maxPerUser) {

    /** The default of {@code maxPerUser}: more than a person opens, and few enough to be revoked in one transaction. */
    public static final int DEFAULT_MAX_PER_USER = 1000;

    /** @throws IllegalArgumentException naming the component, its value and what is allowed */
    public SessionConfig {
        if (!ttl.isPositive() || !retention.isPositive()) {
            throw new IllegalArgumentException(
                    "ttl and retention must be positive, and were " + ttl + " and " + retention);
        }
        if (maxPerUser < 1) {
            throw new IllegalArgumentException("maxPerUser must be at least 1, and was " + maxPerUser);
        }
    }
}

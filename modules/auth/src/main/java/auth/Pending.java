package auth;

import java.time.Duration;

/**
 * What is revoked and not yet published.
 *
 * @param revocations how many revocations, as last known
 * @param age for how long the oldest of them has waited; zero if there are none
 */
public record Pending(long revocations, Duration age) {}

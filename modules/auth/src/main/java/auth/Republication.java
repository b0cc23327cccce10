package auth;

import java.time.Duration;

/**
 * What a log is told anew at the start because it forgets everything at its end.
 *
 * @param retention of what was revoked this long ago at most
 * @param maxEntries and of this many at most, the newest
 */
public record Republication(Duration retention, int maxEntries) {}

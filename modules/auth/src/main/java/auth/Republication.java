package auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a log is told anew at the start because it forgets everything at its end: the newest of what was revoked, as
 * much of it as the log can keep.
 *
 * @param retention the age of the oldest revocation at most
 * @param maxEntries the number of revocations at most
 * @param maxBytes what their invalidations may take on the log's heap together; a heavier one goes alone
 * @param weight what the invalidation of a revocation takes there, in bytes
 */
public record Republication(Duration retention, int maxEntries, long maxBytes, ToLongFunction<Revocation> weight) {

    private static final int PAGE = 500;

    /** The id of the oldest published revocation that is told anew; 0 where all are. Reads a page at a time. */
    long oldestOf(Outbox outbox, Instant since) {
        long oldest = Long.MAX_VALUE;
        long bytes = 0;
        int entries = 0;
        List<Revocation> page;
        do {
            page = outbox.publishedBefore(oldest, since, PAGE);
            for (Revocation revocation : page) {
                bytes += weight.applyAsLong(revocation);
                if (entries == maxEntries || (bytes > maxBytes && entries > 0)) {
                    return oldest;
                }
                entries++;
                oldest = revocation.id();
            }
        } while (page.size() == PAGE);
        return 0;
    }
}

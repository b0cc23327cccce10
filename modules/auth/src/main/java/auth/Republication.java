package auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What is published again at the start, for a log that loses everything when it ends: the newest revocations, as many
 * as the log can keep.
 *
 * @param retention the maximum age of a revocation
 * @param maxEntries the maximum number of revocations
 * @param maxBytes how many bytes of the log's heap their invalidations may take together; a heavier one is published
 *     alone
 * @param weight returns how many bytes of the log's heap the invalidation of a revocation takes
 */
public record Republication(Duration retention, int maxEntries, long maxBytes, ToLongFunction<Revocation> weight) {

    private static final int PAGE = 500;

    /** The id of the oldest published revocation that is published again; 0 for all. Reads one page at a time. */
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

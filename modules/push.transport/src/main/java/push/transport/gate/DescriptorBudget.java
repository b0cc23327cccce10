package push.transport.gate;

/**
 * How many connections the file descriptors and the heap allow. A reserve of an eighth of the descriptors, and at least
 * 16, stays free for what the hub opens besides connections, such as the database. Not thread-safe.
 */
final class DescriptorBudget {

    private static final int MIN_RESERVE = 16;
    private static final int RESERVED_SHARE = 8;

    /** One connection is allowed for this much heap, in bytes. An idle connection takes half of it. */
    private static final long HEAP_BYTES_OF_A_CONNECTION = 64 << 10;

    private static final long COUNT_INTERVAL = 2_000_000_000;

    private final Descriptors descriptors;
    private final int most;
    private int limit; // as last known
    private int others;
    private long counted;

    /** @param configured the configured maximum of connections; negative for no maximum */
    DescriptorBudget(Descriptors descriptors, int configured, long now) {
        this.descriptors = descriptors;
        long heapAllows = Math.max(1, Runtime.getRuntime().maxMemory() / HEAP_BYTES_OF_A_CONNECTION);
        this.most = (int) Math.min(configured < 0 ? Integer.MAX_VALUE : configured, heapAllows);
        this.limit = descriptors.limit().orElse(Descriptors.UNLIMITED);
        count(0, now);
    }

    /** The largest number of connections that is allowed, at least one. */
    int max() {
        int reserve = Math.max(MIN_RESERVE, limit / RESERVED_SHARE);
        return Math.max(1, Math.min(most, limit - reserve - others));
    }

    /**
     * Reads the limit, which an operator may change, and counts the descriptors that are open besides connections. With
     * many connections the count takes a while, so it is made at most every two seconds, and only while at least half
     * of the places are taken.
     *
     * @param connections the number of open connections
     */
    void check(int connections, long now) {
        limit = descriptors.limit().orElse(limit);
        if (now - counted >= COUNT_INTERVAL && connections >= max() / 2) {
            count(connections, now);
        }
    }

    private void count(int connections, long now) {
        others = Math.max(0, descriptors.open().orElse(others + connections) - connections);
        counted = now;
    }
}

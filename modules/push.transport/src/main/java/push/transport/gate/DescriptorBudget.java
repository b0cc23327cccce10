package push.transport.gate;

/**
 * How many connections the file descriptors and the heap allow. An eighth of the descriptors, and 16 at least, stay free for
 * what the hub opens beside connections: the database, the log's storage, clients. Not thread-safe.
 */
final class DescriptorBudget {

    private static final int MIN_RESERVE = 16;
    private static final int RESERVED_SHARE = 8;

    /** An idle connection takes half of this. */
    private static final long HEAP_BYTES_OF_A_CONNECTION = 64 << 10;

    private static final long COUNT_INTERVAL = 2_000_000_000;

    private final Descriptors descriptors;
    private final int most;
    private int limit; // as last known
    private int others;
    private long counted;

    /** @param configured most connections; negative for as many as there may be */
    DescriptorBudget(Descriptors descriptors, int configured, long now) {
        this.descriptors = descriptors;
        long heapAllows = Math.max(1, Runtime.getRuntime().maxMemory() / HEAP_BYTES_OF_A_CONNECTION);
        this.most = (int) Math.min(configured < 0 ? Integer.MAX_VALUE : configured, heapAllows);
        this.limit = descriptors.limit().orElse(Descriptors.UNLIMITED);
        count(0, now);
    }

    /** The most connections there may be, one at least. */
    int max() {
        int reserve = Math.max(MIN_RESERVE, limit / RESERVED_SHARE);
        return Math.max(1, Math.min(most, limit - reserve - others));
    }

    /**
     * Reads the limit, which an operator may change, and counts again what is open beside connections. The count takes a while
     * where there are many connections, so it is made every two seconds at most, and only where half of them are there.
     *
     * @param connections that are open
     */
    void look(int connections, long now) {
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

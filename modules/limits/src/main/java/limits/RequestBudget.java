package limits;

import java.time.Duration;

/**
 * The memory that unfinished requests, their JSON trees and the interests of subscriptions may hold in total, and how
 * they share it.
 *
 * <p>Some memory is free again only when a peer acts: a body that is still arriving, and an interest. Such memory may
 * occupy at most three quarters of the budget, and interests at most half. The last quarter is reserved for memory that
 * is free again as soon as a request is processed. A request whose body is complete can therefore always continue, and
 * never waits for bodies that wait for it.
 *
 * <p>A body of up to {@link #SMALL_BYTES} is not counted: it takes less memory than its stream or its connection, whose
 * number is limited. A small request therefore never waits for large ones that lack their last byte.
 *
 * @param whole the whole budget; the memory for processing a complete request is acquired here
 * @param bodies the part for bodies that arrive from peers
 * @param interests the part for the interests that subscriptions hold until they end
 * @param trees the part for JSON trees, which payloads need while they are validated against a schema. A large payload
 *     waits apart from the other requests.
 */
public record RequestBudget(ByteBudget whole, ByteBudget bodies, ByteBudget interests, ByteBudget trees) {

    /** How long a request waits for room before it is refused. A subscription does not wait. */
    public static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(2);

    /** The smallest budget, in bytes. */
    public static final long MIN_BYTES = 64 << 10;

    /** The largest body that is not counted, in bytes. */
    public static final int SMALL_BYTES = 4 << 10;

    private static final int SHARE_OF_THE_HEAP = 8;

    /**
     * Divides a budget.
     *
     * @param bytes the total number of bytes; at least {@link #MIN_BYTES}
     * @throws IllegalArgumentException if {@code bytes} is less
     */
    public static RequestBudget of(long bytes) {
        if (bytes < MIN_BYTES) {
            throw new IllegalArgumentException("bytes must be at least " + MIN_BYTES + ", but was " + bytes);
        }
        ByteBudget whole = ByteBudget.of(bytes);
        ByteBudget bodies = whole.part(bytes / 4 * 3);
        return new RequestBudget(whole, bodies, bodies.part(bytes / 2), whole.part(bytes / 4 * 3));
    }

    /** Returns the default: an eighth of this process's maximum heap, but at least {@link #MIN_BYTES}. */
    public static long defaultBytes() {
        return Math.max(MIN_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP);
    }
}

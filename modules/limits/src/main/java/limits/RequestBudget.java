package limits;

import java.time.Duration;

/**
 * What unfinished requests, their JSON trees and the interests of subscriptions may hold together, and how they share it.
 *
 * <p>Some memory is free again only when a peer does something: a body that is still arriving, an interest. It takes at
 * most three quarters of the budget, and interests at most half. The last quarter is left to memory that is free again
 * as soon as a request has been worked on: a request whose body is complete can therefore always go on, and never waits
 * for bodies that wait for it.
 *
 * <p>A body of up to {@link #SMALL_BYTES} is not counted: it takes less than its stream or its connection, whose number is
 * bounded. So a small request never waits for large ones that lack their last byte.
 *
 * @param whole all of it; what a complete request needs to be worked on is acquired here
 * @param bodies what arrives from peers
 * @param interests what subscriptions hold until they end
 * @param trees what payloads take while a schema is held against them. A large one waits apart from the others.
 */
public record RequestBudget(ByteBudget whole, ByteBudget bodies, ByteBudget interests, ByteBudget trees) {

    /** How long a request waits for room before it is refused. A subscription does not wait. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The smallest budget, in bytes. */
    public static final long MIN_BYTES = 64 << 10;

    /** The largest body that is not counted, in bytes. */
    public static final int SMALL_BYTES = 4 << 10;

    private static final int SHARE_OF_THE_HEAP = 8;

    /**
     * Divides a budget.
     *
     * @param bytes what may be held together; at least {@link #MIN_BYTES}
     * @throws IllegalArgumentException when it is less
     */
    public static RequestBudget of(long bytes) {
        if (bytes < MIN_BYTES) {
            throw new IllegalArgumentException("bytes must be at least " + MIN_BYTES + ", and was " + bytes);
        }
        ByteBudget whole = ByteBudget.of(bytes);
        ByteBudget bodies = whole.part(bytes / 4 * 3);
        return new RequestBudget(whole, bodies, bodies.part(bytes / 2), whole.part(bytes / 4 * 3));
    }

    /** The default: an eighth of the largest heap that this process may have. */
    public static long defaultBytes() {
        return Math.max(MIN_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP);
    }
}

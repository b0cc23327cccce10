package push.transport.gate;

import java.util.function.LongSupplier;

/**
 * A token bucket that bounds the work that one connection can cause by frames that carry no data. For one thread.
 *
 * <p>The budget allows what libraries do, such as a ping for every read or a few hundred resets at once, and ends a
 * flood within milliseconds.
 */
final class PeerBudget {

    /** The cost of a frame that is read and forgotten. */
    static final int CHEAP = 1;

    /** The cost of a frame that opens or ends something. */
    static final int COSTLY = 20;

    /** The most that can be spent at once. */
    private static final long CAPACITY = 20_000;

    private static final long PER_SECOND = 4_000;
    private static final long NANOS_PER_TOKEN = 1_000_000_000 / PER_SECOND;

    private final LongSupplier nanoTime;
    private long tokens = CAPACITY;
    private long filledAt;

    /** @param nanoTime the clock, as {@link StreamSupervisor#nanoTime} */
    PeerBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /**
     * Spends tokens.
     *
     * @param cost the number of tokens
     * @param what what the tokens pay for, in the plural, for the error message
     * @throws ConnectionError {@code ENHANCE_YOUR_CALM} when too few tokens are left
     */
    void spend(int cost, String what) throws ConnectionError {
        long earned = (nanoTime.getAsLong() - filledAt) / NANOS_PER_TOKEN;
        if (earned > 0) {
            tokens = Math.min(CAPACITY, tokens + earned);
            filledAt += earned * NANOS_PER_TOKEN;
        }
        tokens -= cost;
        if (tokens < 0) {
            throw new ConnectionError(Http2.ENHANCE_YOUR_CALM, "too many " + what);
        }
    }
}

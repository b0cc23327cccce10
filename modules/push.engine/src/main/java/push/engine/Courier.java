package push.engine;

/**
 * Delivers on the dispatcher's thread while the reader waits, so that the dispatcher need not wake the reader's thread.
 */
@FunctionalInterface
public interface Courier {

    /**
     * Delivers what is available. The reader waits meanwhile, and no other thread takes deliveries, so this method may
     * {@linkplain Subscription#poll poll}. It must not wait for anything, because other subscriptions wait behind it.
     *
     * <p>An exception ends the subscription with {@link End#FAILED}. What the courier has polled is then treated as in
     * {@link Outcome#HANDED_BACK}.
     */
    Outcome deliver();

    /** What the courier has done. */
    enum Outcome {

        /** Everything that was polled is delivered, or nothing was available; the reader continues to wait. */
        DELIVERED,

        /**
         * Something that was polled is left to the reader. {@link Subscription#take} returns {@link Taken.HandedBack},
         * and nothing more is taken until the reader calls {@code take} again.
         */
        HANDED_BACK,

        /**
         * The courier polled nothing, because it cannot deliver now; the dispatcher wakes the reader, which takes the
         * deliveries itself.
         */
        DECLINED
    }
}

package push.engine;

/**
 * Delivers for a waiting reader, on the thread that found something to deliver, so that the reader's own thread need
 * not be woken.
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

        /** Everything that was polled is delivered; the reader waits on. */
        DELIVERED,

        /**
         * Something that was polled is left to the reader. {@link Subscription#take} returns {@link Taken.HandedBack},
         * and nothing more is taken until the reader calls {@code take} again.
         */
        HANDED_BACK,

        /** Nothing was polled, because the courier cannot deliver now; the reader takes for itself. */
        DECLINED
    }
}

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
     * <p>An exception ends the subscription with {@link End#FAILED}.
     *
     * @return false if the reader has to continue itself. If the courier had polled something,
     *     {@link Subscription#take} returns {@link Subscription#HANDED_BACK}, and nothing is taken until the reader
     *     calls {@code take} again. If it had polled nothing, the reader takes for itself
     */
    boolean deliver();
}

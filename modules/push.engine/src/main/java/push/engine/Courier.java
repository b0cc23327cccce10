package push.engine;

/**
 * Delivers for a reader that waits, on the thread that found out that there is something to deliver: so that the
 * reader's own thread need not be woken for it.
 */
@FunctionalInterface
public interface Courier {

    /**
     * There is something to take. The reader waits meanwhile, and nobody else takes: this may {@linkplain
     * Subscription#poll poll}. It must not wait for anything, as others wait behind it.
     *
     * <p>Whatever it throws ends the subscription with {@link End#FAILED}.
     *
     * @return false when the reader has to go on itself: where something was polled, its {@link Subscription#take} then
     *     says {@link Subscription#HANDED_BACK}, and nobody takes anything until it is called again; where nothing was,
     *     the reader takes for itself
     */
    boolean deliver();
}

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
     * @return false when the reader has to go on itself: its {@link Subscription#take} then says so
     */
    boolean deliver();
}

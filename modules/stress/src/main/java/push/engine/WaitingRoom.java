package push.engine;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A runtime on which one actor waits for the other, and detects whether it was woken.
 *
 * <p>The wait ends when the actor is woken or interrupted, or when the other actor is done. If the actor was not woken
 * until then, it would have waited forever. The actor really waits, instead of only recording that it would, because an
 * actor that has stopped waiting need not be woken.
 */
class WaitingRoom extends StillRuntime {

    private @Nullable Thread dispatcher;
    private volatile boolean dispatcherWoken;
    private volatile boolean readerWoken;
    private volatile boolean permit; // as each thread has one: it ends one wait, the current or the next
    private volatile boolean otherDone;
    // Used only by the waiting actor, and then by the arbiter.
    private boolean waited;
    private boolean notWoken;

    @Override
    public Thread start(String name, Runnable task) {
        Thread started = super.start(name, task);
        dispatcher = started;
        return started;
    }

    @Override
    public void park(Object blocker, long nanos) {
        waited = true;
        await(() -> permit || otherDone || Thread.currentThread().isInterrupted());
        notWoken |= !permit && !Thread.currentThread().isInterrupted();
        permit = false;
    }

    /** Makes an actor wait until the other one has done something. */
    @SuppressWarnings("ThreadPriorityCheck") // the other actor may need this processor
    static void await(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            Thread.yield();
        }
    }

    @Override
    public void unpark(Thread thread) {
        if (thread == dispatcher) {
            dispatcherWoken = true;
        } else {
            readerWoken = true;
            permit = true;
        }
    }

    /** The other actor is done: no thread is woken after this. */
    void otherDone() {
        otherDone = true;
    }

    /** True if the dispatcher's thread was woken. */
    boolean dispatcherWoken() {
        return dispatcherWoken;
    }

    /**
     * The same as {@link #dispatcherWoken}, for the actor that then runs the dispatcher: resets the flag, so that the
     * dispatcher must be woken again.
     */
    boolean dispatcherRuns() {
        if (!dispatcherWoken) {
            return false; // without a reset, which could lose a concurrent wake-up
        }
        dispatcherWoken = false;
        return true;
    }

    /** True if the reader was woken. */
    boolean readerWoken() {
        return readerWoken;
    }

    /** True if the waiting actor was released only because the other actor was done. */
    boolean isNotWoken() {
        return notWoken;
    }

    /** Returns in a word what happened to the actor that may have waited. */
    String outcome() {
        if (!waited) {
            return "did not wait";
        }
        return notWoken ? "not woken" : "woken";
    }
}

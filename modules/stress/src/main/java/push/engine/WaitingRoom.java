package push.engine;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A runtime on which one actor waits for the other, and finds out whether it was woken ("told").
 *
 * <p>The wait ends when the actor is woken or interrupted, or when the other actor is done. If the actor was not woken
 * until then, it would have waited for ever. The actor really waits, instead of only recording that it would, because
 * an actor that has stopped waiting need not be woken.
 */
class WaitingRoom extends StillRuntime {

    private @Nullable Thread dispatcher;
    private volatile boolean dispatcherTold;
    private volatile boolean told;
    private volatile boolean permit; // as each thread has one: it ends one wait, the current or the next
    private volatile boolean otherDone;
    // Used only by the waiting actor, and then by the arbiter.
    private boolean waited;
    private boolean forgotten;

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
        forgotten |= !permit && !Thread.currentThread().isInterrupted();
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
            dispatcherTold = true;
        } else {
            told = true;
            permit = true;
        }
    }

    /** The other actor is done: no thread is woken after this. */
    void otherDone() {
        otherDone = true;
    }

    /** True if the dispatcher's thread was woken. */
    boolean dispatcherTold() {
        return dispatcherTold;
    }

    /**
     * The same as {@link #dispatcherTold}, for the actor that then runs the dispatcher: resets the flag, so that the
     * dispatcher must be woken again.
     */
    boolean dispatcherRuns() {
        if (!dispatcherTold) {
            return false; // without a reset, which could lose a concurrent wake-up
        }
        dispatcherTold = false;
        return true;
    }

    /** True if the reader was woken. */
    boolean readerTold() {
        return told;
    }

    /** True if the waiting actor was released only because the other actor was done. */
    boolean isForgotten() {
        return forgotten;
    }

    /** Returns in a word what happened to the actor that may have waited. */
    String outcome() {
        if (!waited) {
            return "did not wait";
        }
        return forgotten ? "forgotten" : "told";
    }
}

package push.engine;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A machine on which one actor waits for what the other does, and finds out whether it was told.
 *
 * <p>Its wait ends when it is told or interrupted, or when the other actor is done: if it was not told until then, it
 * would have slept on. It does wait, and not merely note that it would, because one who has stopped waiting need
 * not be told.
 */
class WaitingRoom extends StillRuntime {

    private @Nullable Thread dispatcher;
    private volatile boolean dispatcherTold;
    private volatile boolean told;
    private volatile boolean
            permit; // as each thread has one: what it was told before its wait ends that one, and no other
    private volatile boolean otherDone;
    // Only the one who waits uses these, and then the arbiter.
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

    /** Has an actor wait for what the other one does. */
    @SuppressWarnings("ThreadPriorityCheck") // the other one may need this very processor
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

    /** The other actor is done: nobody will be told any more. */
    void otherDone() {
        otherDone = true;
    }

    /** Whether the dispatcher's thread would run now. */
    boolean dispatcherTold() {
        return dispatcherTold;
    }

    /** As {@link #dispatcherTold}, by the actor that then runs it: it has to be told again. */
    boolean dispatcherRuns() {
        if (!dispatcherTold) {
            return false; // and leaves it as it is, for what comes just now
        }
        dispatcherTold = false;
        return true;
    }

    /** Whether the reader was woken. */
    boolean readerTold() {
        return told;
    }

    /** Whether the one who waits would sleep on, had it not been for the other's being done. */
    boolean isForgotten() {
        return forgotten;
    }

    /** In a word, what became of the one who may have waited. */
    String outcome() {
        if (!waited) {
            return "did not wait";
        }
        return forgotten ? "forgotten" : "told";
    }
}

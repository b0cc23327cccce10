package push.engine;

import org.jspecify.annotations.Nullable;

/**
 * A machine on which one actor waits for what the other does, and finds out whether it was told.
 *
 * <p>Its wait ends when it is told, or when the other actor is done: if it was not told until then, it would
 * have slept on. It does wait, and not merely note that it would, because one who has stopped waiting need
 * not be told.
 */
class WaitingRoom extends StillRuntime {

    private @Nullable Thread dispatcher;
    private volatile boolean dispatcherTold;
    private volatile boolean told;
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
        awaitOther();
        forgotten = !told;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the other one may need this very processor
    private void awaitOther() {
        while (!told && !otherDone) {
            Thread.yield();
        }
    }

    @Override
    public void unpark(Thread thread) {
        if (thread == dispatcher) {
            dispatcherTold = true;
        } else {
            told = true;
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

    /** Whether the reader was woken. */
    boolean readerTold() {
        return told;
    }

    /** In a word, what became of the one who may have waited. */
    String outcome() {
        if (!waited) {
            return "did not wait";
        }
        return forgotten ? "forgotten" : "told";
    }
}

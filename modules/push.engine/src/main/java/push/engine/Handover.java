package push.engine;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader's turn, which is lent to its courier while it waits, and what comes back with it.
 *
 * <p>{@link #bring} is for the dispatcher, {@link #lendTo} and {@link #wake} for any thread, the rest for whoever has
 * the turn.
 */
final class Handover {

    private final Feed feed;
    private final Dispatcher dispatcher;
    private final Turn turn;
    private final BooleanSupplier ending;
    private final Runnable onFailure;
    private volatile @Nullable Courier courier;

    // Only whoever has the turn uses these.

    /** The last batch was as large as it may be. */
    private boolean filled;

    /** Something was taken since the turn was lent. */
    private boolean taken;

    /** The courier has left something to the reader, which has not been told so yet. */
    private boolean handedBack;

    /** The reader has done what was handed back, and leaves what has come since to the dispatcher. */
    private boolean rejoining;

    /**
     * @param ending whether it has ended, or will once all is taken: then the reader takes the rest itself, as only it
     *     says goodbye
     * @param onFailure run when a courier fails: nobody knows what became of that which it had taken
     */
    Handover(Feed feed, Dispatcher dispatcher, EngineRuntime runtime, BooleanSupplier ending, Runnable onFailure) {
        this.feed = feed;
        this.dispatcher = dispatcher;
        this.turn = new Turn(runtime);
        this.ending = ending;
        this.onFailure = onFailure;
    }

    /** From now on a courier is lent the turn. */
    void lendTo(Courier lent) {
        courier = lent;
    }

    /** Takes what there is, and does not wait. */
    int poll(Delivery[] into) {
        int n = feed.next(into);
        filled = n == into.length;
        taken |= n > 0;
        return n;
    }

    /** Waits for news that the courier does not bring, or for the end. */
    void await() throws InterruptedException {
        dispatcher.parking();
        try {
            turn.await(this::mustGoOn);
        } finally {
            dispatcher.unparked();
        }
        rejoining = false;
    }

    /** The reader takes nothing more: waits for the end, for at most so many nanoseconds. */
    void awaitEnd(BooleanSupplier hasEnded, long nanos) throws InterruptedException {
        turn.rest(hasEnded, nanos);
    }

    private boolean mustGoOn() {
        if (!hasNews()) {
            return false;
        }
        if (rejoining && !ending.getAsBoolean()) {
            dispatcher.signal(); // it brings what there is, now that it can see that the reader waits
            return false;
        }
        return true;
    }

    private boolean hasNews() {
        return ending.getAsBoolean() || feed.hasNews();
    }

    /** Whether there is something that the courier has left. */
    boolean hasHandedBack() {
        return handedBack;
    }

    /** Whether the reader may leave what has come meanwhile to the dispatcher, and had better wait. */
    boolean isRejoining() {
        return rejoining;
    }

    /** The reader does what was left to it. */
    void claimHandedBack() {
        handedBack = false;
        rejoining = true;
    }

    /**
     * Has what there is for a reader that waits delivered: by its courier, or else by itself.
     *
     * @return what there is left for it, as far as can be seen now
     */
    Backlog bring() {
        if (!turn.isOpen() || !hasNews()) {
            return Backlog.NONE;
        }
        Courier lent = courier;
        if (lent == null || ending.getAsBoolean() || !turn.borrow()) {
            turn.wake();
            return Backlog.NONE;
        }
        return deliver(lent);
    }

    private Backlog deliver(Courier lent) {
        taken = false;
        boolean all = false;
        boolean failed = true;
        try {
            all = lent.deliver();
            failed = false;
            return all ? backlog() : Backlog.NONE; // before it is given back: then the reader may be at it
        } finally {
            handedBack = !all && taken; // else the reader may as well take for itself
            try {
                if (failed) {
                    onFailure.run();
                }
            } finally {
                turn.giveBack(!all || ending.getAsBoolean());
            }
        }
    }

    private Backlog backlog() {
        if (ending.getAsBoolean()) {
            return Backlog.NONE; // that the reader finds out for itself
        }
        if (!hasNews()) {
            feed.caughtUp();
            return Backlog.NONE;
        }
        return filled ? Backlog.FULL_BATCH : Backlog.SOME;
    }

    /** Has a reader that waits look again. */
    void wake() {
        turn.wake();
    }
}

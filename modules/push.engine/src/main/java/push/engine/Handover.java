package push.engine;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader's turn, which is lent to the courier while the reader waits, and the deliveries that are handed back with
 * it.
 *
 * <p>{@link #dispatch} is for the dispatcher, {@link #lendTo} and {@link #wake} are for any thread, and the other methods
 * are for the thread that has the turn.
 */
final class Handover {

    private final DeliverySource source;
    private final DispatcherGroup dispatchers;
    private final Turn turn;
    private final BooleanSupplier ending;
    private final Runnable onFailure;
    private volatile @Nullable Courier courier;

    // Used only by the thread that has the turn.

    /** The last batch filled its array. */
    private boolean filled;

    /** Something was taken since the turn was lent. */
    private boolean taken;

    /** The courier has left deliveries to the reader, which does not know it yet. */
    private boolean handedBack;

    /** The reader has written what was handed back, and leaves what has arrived since to the dispatcher. */
    private boolean rejoining;

    /**
     * @param ending true if the subscription has ended, or will end once everything is taken. The reader then takes the
     *     rest itself, because only the reader delivers the farewell
     * @param onFailure run when a courier fails, because the state of what it had taken is then unknown
     */
    Handover(
            DeliverySource source,
            DispatcherGroup dispatchers,
            EngineRuntime runtime,
            BooleanSupplier ending,
            Runnable onFailure) {
        this.source = source;
        this.dispatchers = dispatchers;
        this.turn = new Turn(runtime);
        this.ending = ending;
        this.onFailure = onFailure;
    }

    /** Registers the courier, which is lent the turn from now on. */
    void lendTo(Courier lent) {
        courier = lent;
    }

    /** Takes what is available now, without waiting. */
    int poll(Delivery[] into) {
        int n = source.next(into);
        filled = n == into.length;
        taken |= n > 0;
        return n;
    }

    /** Waits for news that the courier does not deliver, or for the end. */
    void await() throws InterruptedException {
        dispatchers.parking();
        try {
            turn.await(this::mustGoOn);
        } finally {
            dispatchers.unparked();
        }
        rejoining = false;
    }

    /** Waits for the end, for at most {@code nanos}. The reader takes nothing more. */
    void awaitEnd(BooleanSupplier hasEnded, long nanos) throws InterruptedException {
        turn.rest(hasEnded, nanos);
    }

    private boolean mustGoOn() {
        if (!hasNews()) {
            return false;
        }
        if (rejoining && !ending.getAsBoolean()) {
            dispatchers.signal(); // it delivers what is available, now that it can see that the reader waits
            return false;
        }
        return true;
    }

    private boolean hasNews() {
        return ending.getAsBoolean() || source.hasNews();
    }

    /** True if the courier has left deliveries to the reader. */
    boolean hasHandedBack() {
        return handedBack;
    }

    /** True if the reader can leave what has arrived meanwhile to the dispatcher, and should wait. */
    boolean isRejoining() {
        return rejoining;
    }

    /** The reader takes over the deliveries that were left to it. */
    void claimHandedBack() {
        handedBack = false;
        rejoining = true;
    }

    /**
     * Delivers what is available for a waiting reader: through its courier, or else by waking the reader.
     *
     * @return what remains for the reader, as far as can be seen now
     */
    Backlog dispatch() {
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
            return all ? backlog() : Backlog.NONE; // before the turn is given back: then the reader may be reading
        } finally {
            handedBack = !all && taken; // otherwise the reader takes for itself
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
            return Backlog.NONE; // the reader finds out for itself
        }
        if (!hasNews()) {
            source.caughtUp();
            return Backlog.NONE;
        }
        return filled ? Backlog.FULL_BATCH : Backlog.SOME;
    }

    /** Has a waiting reader look again. */
    void wake() {
        turn.wake();
    }
}

package push.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to read from a subscription's place: its reader's, or, while that waits, that of one who borrows it.
 *
 * <p>One thread at a time awaits news, and one at a time borrows; whoever has the turn sees what the last one did.
 */
final class Turn {

    /** The reader has it. */
    private static final int READS = 0;

    /** The reader waits: anybody may borrow it. */
    private static final int WAITS = 1;

    /** Somebody has borrowed it. */
    private static final int LENT = 2;

    /** Somebody has borrowed it, and the reader waits to have it back. */
    private static final int WANTED = 3;

    private final EngineRuntime runtime;
    private final AtomicInteger state = new AtomicInteger(READS);
    private volatile @Nullable Thread reader;

    Turn(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Waits until it is woken, unless there is news already.
     *
     * @param hasNews asked once others can see that the reader waits
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    void await(BooleanSupplier hasNews) throws InterruptedException {
        reader = Thread.currentThread();
        state.set(WAITS);
        try {
            // After the state is visible: either whoever makes news sees it, or this sees the news.
            if (!hasNews.getAsBoolean()) {
                runtime.park(this);
            }
        } finally {
            boolean interrupted = takeBack();
            reader = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /**
     * Waits until it is woken and has to go on, or for so many nanoseconds. Meanwhile nobody can borrow it.
     *
     * @param mustGoOn asked first, and again each time it is woken
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    void rest(BooleanSupplier mustGoOn, long nanos) throws InterruptedException {
        reader = Thread.currentThread(); // before the first look: a thread that makes it true afterwards wakes this one
        try {
            long start = runtime.nanoTime();
            for (long left = nanos; left > 0 && !mustGoOn.getAsBoolean(); ) {
                runtime.park(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                left = nanos - (runtime.nanoTime() - start);
            }
        } finally {
            reader = null;
        }
    }

    /** Says whether the thread was interrupted meanwhile. */
    private boolean takeBack() {
        boolean interrupted = false;
        while (state.get() != READS && !state.compareAndSet(WAITS, READS)) {
            interrupted |= Thread.interrupted(); // else it would spin until it is given back
            if (state.get() == WANTED || state.compareAndSet(LENT, WANTED)) {
                runtime.park(this); // for a moment: a borrower does not wait
            }
        }
        return interrupted;
    }

    /** Whether the reader waits, and has not lent it. */
    boolean isOpen() {
        return state.get() == WAITS;
    }

    /** Takes the turn of a reader that waits; whoever gets it gives it back. */
    boolean borrow() {
        return state.compareAndSet(WAITS, LENT);
    }

    /**
     * Gives back what was borrowed.
     *
     * @param toReader whether the reader has to go on: then nobody borrows it again before that
     */
    void giveBack(boolean toReader) {
        if (toReader || !state.compareAndSet(LENT, WAITS)) {
            Thread waiting = reader; // before it goes on
            state.set(READS);
            unpark(waiting);
        }
    }

    /** Has a reader that waits look again. */
    void wake() {
        unpark(reader);
    }

    private void unpark(@Nullable Thread waiting) {
        if (waiting != null) {
            runtime.unpark(waiting);
        }
    }
}

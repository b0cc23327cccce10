package push.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to read from a subscription's place. The reader has it, and while the reader waits, another thread can
 * borrow it.
 *
 * <p>At most one thread waits for news at a time, and at most one borrows. The thread that has the turn sees what the
 * previous one wrote.
 */
final class Turn {

    /** The reader has the turn. */
    private static final int READS = 0;

    /** The reader waits: any thread may borrow the turn. */
    private static final int WAITS = 1;

    /** A thread has borrowed the turn. */
    private static final int LENT = 2;

    /** A thread has borrowed the turn, and the reader waits to have it back. */
    private static final int WANTED = 3;

    private final EngineRuntime runtime;
    private final AtomicInteger state = new AtomicInteger(READS);
    private volatile @Nullable Thread reader;

    Turn(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Waits until the thread is woken, unless there is already news.
     *
     * @param hasNews called once other threads can see that the reader waits
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void await(BooleanSupplier hasNews) throws InterruptedException {
        reader = Thread.currentThread();
        state.set(WAITS);
        try {
            // After the state is visible: either a publisher sees the state, or this thread sees the news.
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
     * Waits until the thread is woken and has to continue, or until the time has passed. Meanwhile no thread can borrow
     * the turn.
     *
     * @param mustGoOn called first, and again each time the thread is woken; true to stop waiting
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void rest(BooleanSupplier mustGoOn, long nanos) throws InterruptedException {
        reader = Thread.currentThread(); // before the first check: a thread that makes it true later wakes this one
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

    /** Takes the turn back. Returns true if the thread was interrupted meanwhile. */
    private boolean takeBack() {
        boolean interrupted = false;
        while (state.get() != READS && !state.compareAndSet(WAITS, READS)) {
            interrupted |= Thread.interrupted(); // otherwise it would spin until the turn is given back
            if (state.get() == WANTED || state.compareAndSet(LENT, WANTED)) {
                runtime.park(this); // briefly: a borrower does not wait
            }
        }
        return interrupted;
    }

    /** True if the reader waits, and the turn is not lent. */
    boolean isOpen() {
        return state.get() == WAITS;
    }

    /** Borrows the turn of a waiting reader. If the result is true, the caller must give the turn back. */
    boolean borrow() {
        return state.compareAndSet(WAITS, LENT);
    }

    /**
     * Gives the borrowed turn back.
     *
     * @param toReader true if the reader has to continue: no thread can borrow the turn again before that
     */
    void giveBack(boolean toReader) {
        if (toReader || !state.compareAndSet(LENT, WAITS)) {
            Thread waiting = reader; // read before the reader continues
            state.set(READS);
            unpark(waiting);
        }
    }

    /** Has a waiting reader look again. */
    void wake() {
        unpark(reader);
    }

    private void unpark(@Nullable Thread waiting) {
        if (waiting != null) {
            runtime.unpark(waiting);
        }
    }
}

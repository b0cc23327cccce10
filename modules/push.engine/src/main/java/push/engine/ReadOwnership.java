package push.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which thread may read from a subscription's position: the reader, or, while the reader waits, the dispatcher.
 *
 * <pre>
 *   state         owner        left by                              for
 *   -----------   ----------   ----------------------------------   ------------------------
 *   READING       reader       the reader, before it waits          WAITING
 *   WAITING       none         the reader, when its wait ends       READING
 *                              the dispatcher, with tryAcquire      DISPATCHING
 *   DISPATCHING   dispatcher   the reader, when its wait ends       RECALLED
 *                              the dispatcher, with release         WAITING
 *                                              with returnToReader  READING
 *                                              with handBack        HANDED_BACK
 *   RECALLED      dispatcher   the dispatcher, with release         READING
 *                                              with returnToReader  READING
 *                                              with handBack        HANDED_BACK
 *   HANDED_BACK   reader       the reader, with acceptHandedBack    REJOINING
 *   REJOINING     reader       the reader, before it waits          WAITING
 * </pre>
 *
 * <p><b>One owner.</b> Only the owner leaves a state, with two exceptions. From DISPATCHING, the reader can go to
 * RECALLED, which does not change the owner. From WAITING, which has no owner, the reader and the dispatcher compete,
 * and compare-and-set lets only one of the two win. So at most one thread owns the position. An owner sees everything
 * that the previous owner wrote, because every change of owner writes and reads the volatile state.
 *
 * <p><b>Order.</b> What the dispatcher hands back was taken before everything that is still in the log. Nothing can
 * overtake it: HANDED_BACK and REJOINING belong to the reader, so the dispatcher cannot become the owner again until
 * the reader has written what was handed back, and waits.
 *
 * <p><b>Rejoining.</b> While the reader writes what was handed back, more events arrive. If the reader took these
 * events itself, still more would arrive during that write, and under load the reader would never wait again. In
 * REJOINING, the reader therefore waits, and leaves these events to the dispatcher. A reader that is woken or
 * interrupted during this wait reads for itself again. A reader whose subscription is ending reads for itself without
 * waiting.
 *
 * <p><b>No lost wake-up.</b> All accesses in these three cases are volatile.
 *
 * <ul>
 *   <li>News: the reader sets WAITING before it looks for news, and a publisher appends its event before the dispatcher
 *       looks for a waiting reader. So either the reader finds the news, or the dispatcher finds the reader.
 *       {@link DispatcherGroup} has the argument that the dispatcher looks.
 *   <li>News while the dispatcher is the owner: the publisher leaves a signal, and the dispatcher visits the
 *       subscription again in the next round.
 *   <li>The end: the reader records its thread before it looks for the end, and a thread that ends the subscription
 *       records the end before it calls {@link #wake}. So either the reader finds the end, or that thread finds the
 *       reader.
 * </ul>
 *
 * <p><b>A short recall.</b> Each change from DISPATCHING or RECALLED to a state of the reader wakes the reader. A
 * reader that has recalled the ownership waits only briefly, because code that runs while the dispatcher is the owner
 * must not wait: see {@link Courier#deliver} and {@link SubscriptionListener}.
 */
final class ReadOwnership {

    private enum State {
        READING,
        WAITING,
        DISPATCHING,
        RECALLED,
        HANDED_BACK,
        REJOINING
    }

    private static final AtomicReferenceFieldUpdater<ReadOwnership, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(ReadOwnership.class, State.class, "state");

    private final EngineRuntime runtime;
    private volatile State state = State.READING;

    /** The reader's thread while it waits; null otherwise. */
    private volatile @Nullable Thread waiting;

    ReadOwnership(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    // For the reader.

    /** Returns true if the dispatcher has left deliveries to the reader, which has not accepted them yet. */
    boolean isHandedBack() {
        return state == State.HANDED_BACK;
    }

    /** The reader accepts what was handed back, and leaves what has arrived since to the dispatcher. */
    void acceptHandedBack() {
        state = State.REJOINING;
    }

    /** Returns true if the reader should wait, and leave what is available to the dispatcher. */
    boolean isRejoining() {
        return state == State.REJOINING;
    }

    /**
     * Waits until the thread is woken, unless there is already something to do. The dispatcher can become the
     * owner meanwhile. When this method ends, the reader is the owner again.
     *
     * @param hasWork called once, when other threads can see that the reader waits
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void await(BooleanSupplier hasWork) throws InterruptedException {
        waiting = Thread.currentThread();
        state = State.WAITING;
        try {
            if (!hasWork.getAsBoolean()) {
                runtime.park(this);
            }
        } finally {
            boolean interrupted = reclaim();
            waiting = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Waits until the reader is the owner. Returns true if the thread was interrupted during the wait. */
    private boolean reclaim() {
        boolean interrupted = false;
        while (!tryReclaim()) {
            interrupted |= Thread.interrupted(); // an interrupted thread does not park: it would spin
            if (state == State.RECALLED || STATE.compareAndSet(this, State.DISPATCHING, State.RECALLED)) {
                runtime.park(this); // briefly: the dispatcher does not wait
            }
        }
        return interrupted;
    }

    /** Returns true if the reader is the owner, after it has taken the ownership if that was free. */
    private boolean tryReclaim() {
        return switch (state) {
            case WAITING -> STATE.compareAndSet(this, State.WAITING, State.READING);
            case DISPATCHING, RECALLED -> false;
            case READING, HANDED_BACK, REJOINING -> true;
        };
    }

    /**
     * Waits until the condition is true, or until the time has passed. The reader stays the owner.
     *
     * @param condition checked first, and again each time the thread is woken
     * @param nanos the longest wait, in nanoseconds; if it is not positive, the condition is not checked
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void awaitAlone(BooleanSupplier condition, long nanos) throws InterruptedException {
        waiting = Thread.currentThread(); // before the first check: a thread that makes it true later wakes this one
        try {
            long start = runtime.nanoTime();
            for (long left = nanos; left > 0 && !condition.getAsBoolean(); ) {
                runtime.park(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                left = nanos - (runtime.nanoTime() - start);
            }
        } finally {
            waiting = null;
        }
    }

    // For the dispatcher.

    /** Returns true if the reader waits, and the dispatcher is not the owner. */
    boolean isWaiting() {
        return state == State.WAITING;
    }

    /**
     * Takes the ownership from a waiting reader.
     *
     * @return true if the caller is the owner now; it must then call {@link #release}, {@link #returnToReader} or
     *     {@link #handBack}
     */
    boolean tryAcquire() {
        return STATE.compareAndSet(this, State.WAITING, State.DISPATCHING);
    }

    /** Gives the ownership back; the reader waits on, unless it was woken meanwhile. */
    void release() {
        if (!STATE.compareAndSet(this, State.DISPATCHING, State.WAITING)) {
            returnToReader();
        }
    }

    /** Gives the ownership to the reader, which reads for itself. */
    void returnToReader() {
        giveToReader(State.READING);
    }

    /** Gives the ownership to the reader, with deliveries that the reader must write first. */
    void handBack() {
        giveToReader(State.HANDED_BACK);
    }

    private void giveToReader(State next) {
        Thread reader = waiting; // read first: the reader clears it once it is the owner
        state = next;
        unpark(reader);
    }

    // For any thread.

    /** Wakes a waiting reader, which then checks again. */
    void wake() {
        unpark(waiting);
    }

    private void unpark(@Nullable Thread reader) {
        if (reader != null) {
            runtime.unpark(reader);
        }
    }
}

package push.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The state of a reader, which several threads may change: the reader moves it past what it takes; the hub, past what
 * the reader has lost; and any thread that finds the next events not to match, past those events.
 *
 * <p>Each change is derived from one state, and is made only if the state is still that one. If two threads compete,
 * the first one wins, and the other one discards what it has found and looks again. So no event is taken twice, and no
 * client event is both taken and counted as lost. Safe for any number of threads.
 */
final class AtomicReaderState {

    private static final AtomicReferenceFieldUpdater<AtomicReaderState, ReaderState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(AtomicReaderState.class, ReaderState.class, "state");

    private volatile ReaderState state;

    AtomicReaderState(ReaderState initial) {
        this.state = initial;
    }

    ReaderState get() {
        return state;
    }

    /** Changes the state from {@code from} to {@code to}. Returns false if another thread has changed it meanwhile. */
    boolean change(ReaderState from, ReaderState to) {
        return STATE.compareAndSet(this, from, to);
    }
}

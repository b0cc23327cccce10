package push.engine;

import java.util.concurrent.atomic.AtomicLong;
import push.engine.Notice.Gap;

/** A reader, used as a subscription uses it, and an account of its events. */
final class Reading {

    private final Reader reader;
    private final Delivery[] batch;
    private final AtomicLong lost = new AtomicLong();

    // Used only by the reading actor, and then by the arbiter.
    private final StringBuilder taken = new StringBuilder();
    private long reported;

    /** @param batch the maximum number of events of one read */
    Reading(EventStore store, Interest interest, LagPolicy lagPolicy, Opening opening, int batch) {
        this.reader = new Reader(
                store, interest, lagPolicy, Long.MAX_VALUE, opening, (missed, first) -> lost.addAndGet(missed));
        this.batch = new Delivery[batch];
    }

    /** Creates a reader that was opened before the first event. */
    static Reading fromStart(EventStore store, Interest interest, LagPolicy lagPolicy, int batch) {
        return new Reading(store, interest, lagPolicy, new Opening(Resume.FRESH, ReaderState.at(0), 0, null), batch);
    }

    Reader reader() {
        return reader;
    }

    /** Takes a gap, or reads once if there is no gap; returns true if there may be more. */
    boolean turn() {
        Gap gap = reader.gap();
        if (gap != null) {
            reported += gap.missed();
            return true;
        }
        return read() != 0;
    }

    /** Reads once, without asking for a gap. */
    int read() {
        int n = reader.read(batch);
        for (int i = 0; i < n; i++) {
            taken.append(taken.isEmpty() ? "" : " ").append(((Entry) batch[i]).sequence());
        }
        return n;
    }

    /** Reads until there is nothing left. */
    void toEnd() {
        while (turn()) {
            // Each turn makes progress.
        }
    }

    /** The sequences of the events taken, in the order in which they were taken. */
    String taken() {
        return taken.toString();
    }

    /** The number of events counted as lost. */
    long lost() {
        return lost.get();
    }

    /** The number of missed events that gaps reported. */
    long reported() {
        return reported;
    }
}

package push.engine;

import java.util.concurrent.atomic.AtomicLong;
import push.engine.Notice.Gap;

/** A reader at work, as a subscription has it work, and the account of what became of the events. */
final class Reading {

    private final Reader reader;
    private final Delivery[] batch;
    private final AtomicLong lost = new AtomicLong();

    // Only the reading actor uses these, and then the arbiter.
    private final StringBuilder taken = new StringBuilder();
    private long told;

    /** @param batch how many events it takes at once */
    Reading(EventStore store, Interest interest, LagPolicy lagPolicy, Opening opening, int batch) {
        this.reader = new Reader(
                store, interest, lagPolicy, Long.MAX_VALUE, opening, (missed, first) -> lost.addAndGet(missed));
        this.batch = new Delivery[batch];
    }

    /** A reader that was there before the first event. */
    static Reading fromStart(EventStore store, Interest interest, LagPolicy lagPolicy, int batch) {
        return new Reading(store, interest, lagPolicy, new Opening(Resume.FRESH, Place.at(0), 0, null), batch);
    }

    Reader reader() {
        return reader;
    }

    /** Is told of a gap, if there is one, and reads once; says whether there may be more. */
    boolean turn() {
        Gap gap = reader.gap();
        if (gap != null) {
            told += gap.missed();
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

    /** Reads until there is no more. */
    void toEnd() {
        while (turn()) {
            // Each turn brings it on.
        }
    }

    /** The sequences of the events that it took, in the order in which it did. */
    String taken() {
        return taken.toString();
    }

    /** How many events were counted as lost to it. */
    long lost() {
        return lost.get();
    }

    /** How many missed events it was told of. */
    long told() {
        return told;
    }
}

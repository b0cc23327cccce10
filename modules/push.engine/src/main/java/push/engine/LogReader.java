package push.engine;

import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;

/**
 * Reads the events of a log through all its lives: a {@link Reader} for each, one after the other. A reader that has
 * taken everything of a former life continues with everything that is retained of the present one, after a gap that
 * says so.
 *
 * <p>One thread at a time reads, which is the only one to replace the reader of a life by the next. The methods that
 * {@link Reader} offers to any thread are safe for any thread here, too.
 */
final class LogReader {

    private final Interest interest;
    private final LagPolicy lagPolicy;
    private final long batchBytes;
    private final LossListener losses;
    private volatile Reader reader;

    /**
     * @param store the life of the log in which the subscription was opened
     * @param batchBytes how much the events of one read may occupy on the heap, in bytes
     */
    LogReader(
            EventStore store,
            Interest interest,
            LagPolicy lagPolicy,
            long batchBytes,
            Opening opening,
            LossListener losses) {
        this.interest = interest;
        this.lagPolicy = lagPolicy;
        this.batchBytes = batchBytes;
        this.losses = losses;
        this.reader = readerOf(store, opening);
    }

    private Reader readerOf(EventStore store, Opening opening) {
        return new Reader(store, interest, lagPolicy, batchBytes, opening, losses);
    }

    /** See {@link Reader#cursor}. */
    Cursor cursor() {
        return reader.cursor();
    }

    /** See {@link Reader#start}. */
    Cursor start() {
        return reader.start();
    }

    /** See {@link Reader#lag}; the events of a later life are not counted. */
    long lag() {
        return reader.lag();
    }

    /** See {@link Reader#isLosing}. */
    boolean isLosing() {
        return reader.isLosing();
    }

    /** See {@link Reader#isReplaying}. */
    boolean isReplaying() {
        return reader.isReplaying();
    }

    /** See {@link Reader#toReplay}. */
    long toReplay() {
        return reader.toReplay();
    }

    /** See {@link Reader#detectLoss}. */
    void detectLoss() {
        reader.detectLoss();
    }

    /** See {@link Reader#gap}. */
    @Nullable
    Gap gap() {
        while (true) {
            Reader now = reader;
            EventStore next = now.store().next(); // first: then nothing is added to the life that is being read
            Gap gap = now.gap();
            if (gap != null || next == null || !now.hasReadAll()) {
                return gap;
            }
            reader = readerOf(next, Opening.afterEpochChange(interest, next, now.start()));
        }
    }

    /** See {@link Reader#read}. At the end of a former life, the gap before the present one comes first. */
    int read(Delivery[] into) {
        Reader now = reader;
        boolean isLast = now.store().next() == null; // first, as above
        int n = now.read(into);
        return n == 0 && !isLast && now.hasReadAll() ? Reader.GAP_FIRST : n;
    }

    /** See {@link Reader#catchUp}. */
    void catchUp() {
        boolean _ = reader.catchUp();
    }

    /** Returns true if a read would return events or a gap, or a new life has begun. */
    boolean hasNews() {
        Reader now = reader;
        return now.store().next() != null || now.hasNews();
    }
}

package push.engine;

/**
 * Looks at the events after a reader's position without taking them, and moves the reader past those that do not match
 * its interest. Safe for any thread.
 */
final class LookAhead {

    private final EventStore store;
    private final Interest interest;

    /** A copy of {@code interest.isAll()}, because it is read whenever there is news for any reader. */
    private final boolean wantsAll;

    private final AtomicReaderState state;

    LookAhead(EventStore store, Interest interest, AtomicReaderState state) {
        this.store = store;
        this.interest = interest;
        this.wantsAll = interest.isAll();
        this.state = state;
    }

    /**
     * Returns true if a read would return events or a gap. Skips events that do not match, so that the reader is not
     * woken for them.
     */
    boolean hasNews() {
        ReaderState from = state.get();
        if (from.position() < from.lost()) {
            return true;
        }
        if (wantsAll) {
            return store.recent().head() > from.position();
        }
        return passOver(from);
    }

    private boolean passOver(ReaderState from) {
        Scan look = untilMatch(from);
        if (look.size() > 0) {
            return true;
        }
        // Without a match, there is more if the scan paused, or if the next event is gone and a read must report the
        // gap.
        boolean movedByOther = look.position() > from.position() && !state.change(from, from.movedTo(look.position()));
        return movedByOther || store.recent().head() > look.position();
    }

    /** Skips the next events if they do not match. Returns false if none were skipped. */
    boolean skipUnwanted(ReaderState from) {
        if (wantsAll) {
            return false;
        }
        Scan look = untilMatch(from);
        long position = look.position() - look.size(); // the one that matches, if any, is not skipped
        if (position == from.position()) {
            return false;
        }
        boolean _ = state.change(from, from.movedTo(position)); // or another thread has moved it
        return true;
    }

    /** Finds the first recent event after the state's position that matches. */
    private Scan untilMatch(ReaderState from) {
        Scan look = new Scan(interest, 0);
        look.start(from.position(), new Delivery[1]);
        store.recent().read(look);
        return look;
    }
}

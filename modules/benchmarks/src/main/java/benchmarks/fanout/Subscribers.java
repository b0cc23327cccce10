package benchmarks.fanout;

/** Connections to a target, each one a subscriber that counts what comes. */
interface Subscribers extends AutoCloseable {

    /** Adds one; the target says when it is there. */
    void add(String id, Tally tally);

    /**
     * Has the first one note from where its next event could be replayed.
     *
     * @throws UnsupportedOperationException where nothing can be replayed
     */
    default void mark() {
        throw new UnsupportedOperationException("nothing can be replayed here");
    }

    /** How long the replay of so many events after the mark takes, on a connection that has been in use. */
    default long replayNanos(int events) {
        throw new UnsupportedOperationException("nothing can be replayed here");
    }

    /** Whether the publisher is to be told how far all have come, where it can't ask the server. */
    default void tellProgress(boolean yes) {}

    /** Ends all of them. */
    @Override
    void close();
}

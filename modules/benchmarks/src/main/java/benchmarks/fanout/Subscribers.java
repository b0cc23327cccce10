package benchmarks.fanout;

/** Connections to a target, each one a subscriber that counts the events it receives. */
interface Subscribers extends AutoCloseable {

    /** Adds a subscriber; the target reports when it is connected. */
    void add(String id, Tally tally);

    /**
     * Records the cursor of the next event on the first connection, after which events can be replayed.
     *
     * @throws UnsupportedOperationException if the target cannot replay
     */
    default void mark() {
        throw new UnsupportedOperationException("nothing can be replayed here");
    }

    /**
     * Returns how long the replay of {@code events} events after the mark takes, in nanoseconds, on a connection that
     * was used before.
     */
    default long replayNanos(int events) {
        throw new UnsupportedOperationException("nothing can be replayed here");
    }

    /**
     * Sets whether the progress of the subscribers is reported to the publisher, if the publisher cannot ask the
     * server.
     */
    default void reportProgress(boolean yes) {}

    /** Ends all subscribers. */
    @Override
    void close();
}

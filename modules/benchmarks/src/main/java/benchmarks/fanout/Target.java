package benchmarks.fanout;

/** A server under test, with a publisher in its process. */
interface Target extends AutoCloseable {

    /** Returns the port to which subscribers connect. */
    int port();

    /** Returns the number of subscribers. */
    int subscribers();

    /**
     * Returns how many events may be published now without a loss for any subscriber; 0 for none, in which case the
     * caller asks again.
     */
    int room();

    /** Publishes an event. */
    void publish(byte[] payload);

    /** Sends the events that are held back, if the target holds events back. */
    default void flush() {}

    /** Returns the id of the process whose CPU time and memory count as the server's. */
    default long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    void close();
}

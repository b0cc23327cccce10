package benchmarks.fanout;

/** A server under test, with a publisher in its process. */
interface Target extends AutoCloseable {

    /** Where its subscribers connect to. */
    int port();

    /** How many subscribers there are. */
    int subscribers();

    /** How many events may be published now without any subscriber losing one; 0 for none, ask again. */
    int room();

    /** Publishes an event. */
    void publish(byte[] payload);

    /** Sends what it has held back, if it does that. */
    default void flush() {}

    /** The process whose CPU time and memory count as the server's. */
    default long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    void close();
}

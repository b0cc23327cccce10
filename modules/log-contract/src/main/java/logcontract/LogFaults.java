package logcontract;

import push.engine.spi.LogEvent;

/**
 * Makes a log fail, in the ways in which it can. The default methods say that it cannot: then the tests of that fault
 * are skipped for this log.
 */
public interface LogFaults {

    /** The faults that a log may be able to suffer. */
    enum Fault {
        /** The store cannot be reached for a while. */
        AWAY,
        /** The store takes an event, but its answer does not arrive. */
        LOST_ANSWER,
        /** The store does not take an event, and this hub cannot know. */
        LOST_APPEND,
        /** The store loses events before this hub reads them. */
        HOLE,
        /** The store is replaced by an empty one. */
        NEW_LIFE,
        /** Another hub appends. */
        OTHER_HUB
    }

    /** Returns whether the log can suffer this fault. */
    default boolean can(Fault fault) {
        return false;
    }

    /** Makes the store unreachable. */
    default void away() {
        throw new UnsupportedOperationException("away");
    }

    /** Makes the store reachable again. */
    default void back() {
        throw new UnsupportedOperationException("back");
    }

    /** Has the store take the next append and lose its answer. */
    default void loseNextAnswer() {
        throw new UnsupportedOperationException("loseNextAnswer");
    }

    /** Has the store lose the next append, without this hub knowing. */
    default void loseNextAppend() {
        throw new UnsupportedOperationException("loseNextAppend");
    }

    /** Has the store lose this many events before this hub reads them. */
    default void loseEvents(int events) {
        throw new UnsupportedOperationException("loseEvents");
    }

    /** Replaces the store by an empty one, under the running hub. */
    default void beginAnew() {
        throw new UnsupportedOperationException("beginAnew");
    }

    /** Has another hub append an event. */
    default void appendElsewhere(LogEvent event) {
        throw new UnsupportedOperationException("appendElsewhere");
    }

    /** Returns a log that suffers no fault. */
    static LogFaults none() {
        return new LogFaults() {};
    }
}

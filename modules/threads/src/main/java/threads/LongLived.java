package threads;

/** The kinds of threads that live as long as the hub. */
public enum LongLived {

    /** Delivers news to subscriptions; there may be several. */
    DISPATCHER("push-dispatcher", true),

    /** Reads from sockets, and wakes threads that wait to write. */
    SOCKETS("push-sockets", true),

    /** Supervises connections, and runs delayed tasks. */
    SUPERVISOR("push-supervisor", true),

    /** Publishes revocations. */
    RELAY("auth-relay", true),

    /** Deletes rows that are no longer needed; there are several. */
    SWEEPER("database-sweeper", false),

    /** Appends to an event log in a database. */
    LOG_WRITER("event-log-writer", true),

    /** Reads an event log in a database. */
    LOG_READER("event-log-reader", true),

    /** Holds the lock that keeps other hubs off the database. */
    HUB_LOCK("hub-lock", true),

    /** Checks that the database accepts writes. */
    DATABASE_PROBE("database-probe", true),

    /** Syncs committed data to the disk. */
    DATABASE_SYNC("database-sync", true),

    /** Reopens a database that has failed. */
    DATABASE_REOPENING("database-reopening", true),

    /** Adds carrier threads while virtual threads wait long for one. */
    CARRIERS("push-carriers", false),

    /** Puts renewed certificates into use. */
    TLS_RELOAD("tls-reload", false),

    /** Writes the log. */
    LOG("push-log", false),

    /** Any other thread that ended with an error. */
    OTHER("other", false);

    private final String label;
    private final boolean needed;

    LongLived(String label, boolean needed) {
        this.label = label;
        this.needed = needed;
    }

    /** Returns the name in the log and in the metrics. */
    public String label() {
        return label;
    }

    /** Returns true if a hub is not ready while this thread fails. */
    public boolean isNeeded() {
        return needed;
    }
}

package threads;

/** The kinds of threads that live as long as the hub. */
public enum LongLived {

    /** Brings news to subscriptions; there may be several of them. */
    DISPATCHER("push-dispatcher", true),

    /** Reads from sockets, and wakes those that wait to write. */
    SOCKETS("push-sockets", true),

    /** Looks after connections, and runs what is due later. */
    SUPERVISOR("push-supervisor", true),

    /** Publishes what was revoked. */
    RELAY("auth-relay", true),

    /** Deletes from a table what is no longer needed; there are several of them. */
    SWEEPER("database-sweeper", false),

    /** Keeps other hubs off the database. */
    HUB_LOCK("hub-lock", true),

    /** Finds out whether the database can be written to. */
    DATABASE_PROBE("database-probe", true),

    /** Brings what was committed to the disk. */
    DATABASE_SYNC("database-sync", true),

    /** Opens a database that has failed. */
    DATABASE_REOPENING("database-reopening", true),

    /** Adds carrier threads while virtual threads wait long. */
    CARRIERS("push-carriers", false),

    /** Puts renewed certificates into use. */
    TLS_RELOAD("tls-reload", false),

    /** Writes the log. */
    LOG("push-log", false),

    /** Any other thread that an error ended. */
    OTHER("other", false);

    private final String label;
    private final boolean needed;

    LongLived(String label, boolean needed) {
        this.label = label;
        this.needed = needed;
    }

    /** The name in the log and in the metrics. */
    public String label() {
        return label;
    }

    /** Whether a hub is not ready while this thread fails. */
    public boolean isNeeded() {
        return needed;
    }
}

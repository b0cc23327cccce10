package database;

/**
 * How long a transaction on PostgreSQL waits for a locked row, and for each statement. H2 has one timeout for
 * everything.
 */
enum Timeouts {
    /** As long as a caller is willing to wait. */
    DEFAULT(Database.WAIT_TIMEOUT.toMillis(), 25_000),
    /** Short, so that one locked row does not delay a whole group. */
    SHORT(200, 5_000),
    /** No timeout, for a change of the schema. */
    NONE(0, 0);

    private final long lockMillis;
    private final long statementMillis;

    Timeouts(long lockMillis, long statementMillis) {
        this.lockMillis = lockMillis;
        this.statementMillis = statementMillis;
    }

    /** The timeout for a locked row, in milliseconds; 0 for none. */
    long lockMillis() {
        return lockMillis;
    }

    /** The timeout for a statement, in milliseconds; 0 for none. */
    long statementMillis() {
        return statementMillis;
    }

    /** Connection options that set the timeouts, so that transactions need no statement for that. */
    String options() {
        return "-c lock_timeout=" + lockMillis + " -c statement_timeout=" + statementMillis;
    }

    /**
     * Sets the timeouts for a transaction. If they were set for the session, a rollback would undo them, or, behind a
     * pooler, they would apply to another client.
     */
    String sql() {
        return "set local lock_timeout = " + lockMillis + "; set local statement_timeout = " + statementMillis;
    }
}

package database;

/**
 * How long a transaction on PostgreSQL waits for locked rows, and for each statement. H2 has one limit for everything.
 */
enum Limits {
    /** As long as a caller is willing to wait. */
    USUAL(Database.PATIENCE.toMillis(), 25_000),
    /** Short, so that one locked row does not delay a whole group. */
    SHORT(200, 5_000),
    /** No limit, for a change of the schema. */
    NONE(0, 0);

    private final long lockMillis;
    private final long statementMillis;

    Limits(long lockMillis, long statementMillis) {
        this.lockMillis = lockMillis;
        this.statementMillis = statementMillis;
    }

    /** The limit for a locked row, in milliseconds; 0 for no limit. */
    long lockMillis() {
        return lockMillis;
    }

    /** The limit for a statement, in milliseconds; 0 for no limit. */
    long statementMillis() {
        return statementMillis;
    }

    /** Connection options that set the limits, so that transactions need no statement for it. */
    String options() {
        return "-c lock_timeout=" + lockMillis + " -c statement_timeout=" + statementMillis;
    }

    /**
     * Sets the limits for a transaction. If they were set for the session, a rollback would undo them, or, behind a
     * pooler, they would apply to another client.
     */
    String sql() {
        return "set local lock_timeout = " + lockMillis + "; set local statement_timeout = " + statementMillis;
    }
}

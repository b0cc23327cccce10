package database;

/** How long a transaction on PostgreSQL waits for locked rows, and for each answer. H2 has one limit for all. */
enum Limits {
    /** As long as a caller likes to wait. */
    USUAL(Database.PATIENCE.toMillis(), 25_000),
    /** So that one locked row does not hold up a whole group. */
    SHORT(200, 5_000),
    /** As long as it takes, for a change of the schema. */
    NONE(0, 0);

    private final long lockMillis;
    private final long statementMillis;

    Limits(long lockMillis, long statementMillis) {
        this.lockMillis = lockMillis;
        this.statementMillis = statementMillis;
    }

    /** For a locked row, in milliseconds; 0 for no limit. */
    long lockMillis() {
        return lockMillis;
    }

    /** For a statement, in milliseconds; 0 for no limit. */
    long statementMillis() {
        return statementMillis;
    }

    /** Has a connection begin with them, so that its transactions need no statement for it. */
    String options() {
        return "-c lock_timeout=" + lockMillis + " -c statement_timeout=" + statementMillis;
    }

    /**
     * Sets them for a transaction. Were they set for the session, they would be lost with a rollback, or belong to another
     * client behind a pooler.
     */
    String sql() {
        return "set local lock_timeout = " + lockMillis + "; set local statement_timeout = " + statementMillis;
    }
}

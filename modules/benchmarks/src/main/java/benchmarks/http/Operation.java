package benchmarks.http;

/** What is asked of the server. */
enum Operation {
    /** A notification: it never comes to the database. */
    NOTIFY("notify"),
    /** One with an {@code Idempotency-Key} that is new. */
    NOTIFY_ONCE("notify with key"),
    /** A session, of a user of its own. */
    OPEN("open session"),
    /** The end of such a session. */
    REVOKE("revoke session"),
    /** The end of all sessions of such a user. */
    REVOKE_ALL("revoke user");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /** Its name in results. */
    String label() {
        return label;
    }
}

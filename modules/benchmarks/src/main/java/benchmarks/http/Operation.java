package benchmarks.http;

/** The requests that are measured. */
enum Operation {
    /** A notification, which never reaches the database. */
    NOTIFY("notify"),
    /** A notification with a new {@code Idempotency-Key}. */
    NOTIFY_ONCE("notify with key"),
    /** The opening of a session, for a new user. */
    OPEN("open session"),
    /** The revocation of such a session. */
    REVOKE("revoke session"),
    /** The revocation of all sessions of such a user. */
    REVOKE_ALL("revoke user");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /** Returns the name in results. */
    String label() {
        return label;
    }
}

package auth;

/** Thrown when the event log cannot be reached, or has not answered. */
final class LogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LogUnavailableException() {
        super("the event log is unavailable", null, false, false); // an expected failure, so no stack trace
    }
}

package threads;

/**
 * Thrown by a step if no later step can succeed either. The thread then ends, and a process that serves ends with it.
 */
public final class UnrecoverableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param cause the reason why the thread cannot continue */
    public UnrecoverableException(Throwable cause) {
        super(cause);
    }
}

package threads;

/** Thrown by a step when no later step can succeed either. Its thread ends, and a process that serves ends with it. */
public final class CannotGoOnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param cause what makes it impossible to go on */
    public CannotGoOnException(Throwable cause) {
        super(cause);
    }
}

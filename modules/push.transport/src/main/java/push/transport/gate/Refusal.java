package push.transport.gate;

/** A request is not let through: its peer gets the answer, and the connection ends. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final transient GateAnswer answer;
    private final boolean withBody;

    /**
     * A refusal of a request that is not known well enough to name it.
     *
     * @param detail what is wrong, in words for the peer
     */
    Refusal(int status, String detail) {
        this(GateAnswer.of(status, detail), true);
    }

    /** @param withBody false where the answer must not have a body, as one to HEAD */
    Refusal(GateAnswer answer, boolean withBody) {
        super("answered " + answer.status(), null, false, false); // an answer, not a failure: no stack trace
        this.answer = answer;
        this.withBody = withBody;
    }

    GateAnswer answer() {
        return answer;
    }

    boolean withBody() {
        return withBody;
    }
}

package push.transport.gate;

/** A request that the gate refuses: the peer gets the response, and the connection ends. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final transient GateAnswer answer;
    private final boolean withBody;

    /**
     * A refusal of a request whose id is not known.
     *
     * @param detail what is wrong, in words for the peer
     */
    Refusal(int status, String detail) {
        this(GateAnswer.of(status, detail), true);
    }

    /** @param withBody false if the response must not have a body, as for HEAD */
    Refusal(GateAnswer answer, boolean withBody) {
        super("answered " + answer.status(), null, false, false); // a response, not a failure: no stack trace
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

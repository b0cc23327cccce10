package push.transport.gate;

/** A request that the gate refuses: the peer gets the response, and the connection ends. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final boolean withBody;

    /**
     * A refusal of a request whose id is not known.
     *
     * @param detail what is wrong, in words for the peer
     */
    Refusal(int status, String detail) {
        this(new Problem(status, detail), true);
    }

    /** @param withBody false if the response must not have a body, as for HEAD */
    Refusal(Problem problem, boolean withBody) {
        super("answered " + problem.status(), null, false, false); // a response, not a failure: no stack trace
        this.problem = problem;
        this.withBody = withBody;
    }

    Problem problem() {
        return problem;
    }

    boolean withBody() {
        return withBody;
    }
}

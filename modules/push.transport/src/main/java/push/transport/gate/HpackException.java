package push.transport.gate;

/**
 * A header block that violates RFC 7541. The tables of the two sides may differ from now on, so the connection ends.
 */
final class HpackException extends Exception {

    private static final long serialVersionUID = 1;

    HpackException(String message) {
        super(message, null, false, false); // the peer's fault: no stack trace is needed
    }
}

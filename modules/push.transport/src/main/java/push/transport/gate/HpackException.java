package push.transport.gate;

/** A header block that breaks RFC 7541. The tables of the two sides may differ from here on, so the connection ends. */
final class HpackException extends Exception {

    private static final long serialVersionUID = 1;

    HpackException(String message) {
        super(message, null, false, false); // a peer's fault: where it was found is of no interest
    }
}

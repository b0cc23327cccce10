package push.transport.gate;

/** What a peer did that ends its connection, RFC 9113, section 5.4.1. */
final class ConnectionError extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    /** @param code one of HTTP/2's error codes */
    ConnectionError(int code, String message) {
        super(message, null, false, false); // a peer's fault: where it was found is of no interest
        this.code = code;
    }

    static ConnectionError protocol(String message) {
        return new ConnectionError(Http2.PROTOCOL_ERROR, message);
    }

    int code() {
        return code;
    }
}

package push.transport.gate;

/** A connection error, RFC 9113, section 5.4.1: a fault of the peer that ends its connection. */
final class ConnectionError extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    /** @param code the HTTP/2 error code */
    ConnectionError(int code, String message) {
        super(message, null, false, false); // the peer's fault: no stack trace is needed
        this.code = code;
    }

    static ConnectionError protocol(String message) {
        return new ConnectionError(Http2.PROTOCOL_ERROR, message);
    }

    int code() {
        return code;
    }
}

package push.transport;

/** A request that can't be; the message names the field and says what is allowed. */
final class InvalidRequestException extends Exception {

    private static final long serialVersionUID = 1;

    InvalidRequestException(String message) {
        super(message, null, false, false); // an answer, not a failure: no stack trace
    }
}

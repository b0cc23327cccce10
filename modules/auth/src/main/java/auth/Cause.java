package auth;

/**
 * The cause of a revocation.
 *
 * @param reason the reason, for people; may be empty
 * @param traceparent the W3C trace context of the revoking request, in the form of the header {@code traceparent}; may
 *     be empty
 */
public record Cause(String reason, String traceparent) {

    /** A cause without a trace. */
    public static Cause of(String reason) {
        return new Cause(reason, "");
    }
}

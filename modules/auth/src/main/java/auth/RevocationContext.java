package auth;

/**
 * The context of a revocation: its reason and its trace.
 *
 * @param reason the reason, for people to read; may be empty
 * @param traceparent the W3C trace context of the revoking request, in the form of the header {@code traceparent}; may
 *     be empty
 */
public record RevocationContext(String reason, String traceparent) {

    /** A context without a trace. */
    public static RevocationContext of(String reason) {
        return new RevocationContext(reason, "");
    }
}

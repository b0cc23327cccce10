package auth;

/**
 * Why something is revoked.
 *
 * @param reason for people; may be empty
 * @param traceparent the W3C trace context of whoever revokes, in the form of the header of that name; may be empty
 */
public record Cause(String reason, String traceparent) {

    /** One that belongs to no trace. */
    public static Cause of(String reason) {
        return new Cause(reason, "");
    }
}

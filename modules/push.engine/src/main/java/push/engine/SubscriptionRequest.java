package push.engine;

import java.nio.charset.StandardCharsets;

/**
 * What a gateway asks for.
 *
 * @param gatewayClientId names it; not blank, at most 256 bytes of UTF-8
 * @param peer where it comes from, for operators
 * @param cursor the cursor of the last event that it has taken; empty for the live tail
 * @param start whether the cursor counts
 * @param onStale what to do when events after the cursor are gone
 * @param interest which events it wants
 * @param wantNotices whether it wants {@link Notice}s
 */
public record SubscriptionRequest(
        String gatewayClientId,
        String peer,
        String cursor,
        Start start,
        StalePolicy onStale,
        Interest interest,
        boolean wantNotices) {

    /** The longest id, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = 256;

    /** Where a subscription starts. */
    public enum Start {
        /** At the cursor; at the live tail when it is empty. */
        CURSOR,
        /** With the oldest event retained; the cursor is ignored. */
        EARLIEST
    }

    /** @throws IllegalArgumentException when the id is blank or too long; the message names the field */
    public SubscriptionRequest {
        if (gatewayClientId.isBlank()) {
            throw new IllegalArgumentException("gateway_client_id is required, and was blank");
        }
        int bytes = gatewayClientId.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_ID_BYTES) {
            throw new IllegalArgumentException(
                    "gateway_client_id must be at most " + MAX_ID_BYTES + " bytes, and was " + bytes);
        }
    }

    /** The plainest request: every event after the cursor, and no notices. */
    public static SubscriptionRequest of(String gatewayClientId, String cursor) {
        return new SubscriptionRequest(
                gatewayClientId, "", cursor, Start.CURSOR, StalePolicy.LIVE_TAIL, Interest.ALL, false);
    }
}

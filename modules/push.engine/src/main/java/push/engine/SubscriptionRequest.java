package push.engine;

import java.nio.charset.StandardCharsets;

/**
 * A gateway's request for a subscription.
 *
 * @param gatewayClientId the gateway's id: Unicode text that is not blank, of at most 256 bytes in UTF-8, without
 *     control characters and line separators
 * @param peer the gateway's address, for operators
 * @param cursor the cursor of the last event that the gateway has handled; empty for the live tail. Of a text that is
 *     too long for a cursor, only the beginning is kept
 * @param start where the subscription starts
 * @param onStale what to do if events after the cursor are no longer retained
 * @param interest which events the gateway wants
 * @param wantNotices true if the gateway wants {@link Notice}s
 */
public record SubscriptionRequest(
        String gatewayClientId,
        String peer,
        String cursor,
        Start start,
        StalePolicy onStale,
        Interest interest,
        boolean wantNotices) {

    /** The maximum length of an id, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = 256;

    /** Where a subscription starts. */
    public enum Start {
        /** At the cursor; at the live tail if the cursor is empty. */
        CURSOR,
        /** At the oldest retained event; the cursor is ignored. */
        EARLIEST
    }

    /** @throws IllegalArgumentException if the id is not as described above; the message names the field */
    public SubscriptionRequest {
        if (gatewayClientId.chars().allMatch(SubscriptionRequest::isBlank)) {
            throw new IllegalArgumentException("gateway_client_id is required, but was blank");
        }
        gatewayClientId.codePoints().forEach(SubscriptionRequest::requireAllowed);
        int bytes = gatewayClientId.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_ID_BYTES) {
            throw new IllegalArgumentException(
                    "gateway_client_id must be at most " + MAX_ID_BYTES + " bytes, but was " + bytes);
        }
        if (cursor.length() > Cursor.MAX_LENGTH) {
            cursor = cursor.substring(0, Cursor.MAX_LENGTH + 1); // still too long for a cursor
        }
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static void requireAllowed(int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                throw new IllegalArgumentException(
                        "gateway_client_id must not have control characters or line separators, and had "
                                + name(codePoint));
            case Character.SURROGATE ->
                throw new IllegalArgumentException(
                        "gateway_client_id must be Unicode text, and had half of a character, " + name(codePoint));
            default -> {}
        }
    }

    private static String name(int codePoint) {
        return "U+%04X".formatted(codePoint);
    }

    /** Returns the simplest request: every event after the cursor, and no notices. */
    public static SubscriptionRequest of(String gatewayClientId, String cursor) {
        return new SubscriptionRequest(
                gatewayClientId, "", cursor, Start.CURSOR, StalePolicy.LIVE_TAIL, Interest.ALL, false);
    }
}

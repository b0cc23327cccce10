package push.api;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Generates ids for events that were published without one: UUIDs of version 7 (RFC 9562, section 5.7), which sort by
 * the millisecond of their creation.
 */
public final class EventIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private EventIds() {}

    /** Returns a new id, which no other event has. */
    public static String next() {
        return versionSeven(System.currentTimeMillis(), RANDOM.nextLong(), RANDOM.nextLong())
                .toString();
    }

    static UUID versionSeven(long epochMillis, long randomA, long randomB) {
        long high = epochMillis << 16 | 0x7000 | (randomA & 0x0fff);
        long low = 0x8000_0000_0000_0000L | (randomB & 0x3fff_ffff_ffff_ffffL);
        return new UUID(high, low);
    }
}

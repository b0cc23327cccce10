package push.transport;

/** The text form of a UUID, {@code 8-4-4-4-12} hexadecimal digits, as ASCII bytes. */
final class UuidText {

    /** The length of the text, in bytes. */
    static final int LENGTH = 36;

    private static final int DASHES = 4;
    private static final int RADIX = 16;

    private UuidText() {}

    /** Whether the {@link #LENGTH} bytes from {@code start} on are a UUID. */
    static boolean isUuid(byte[] bytes, int start) {
        for (int i = 0; i < LENGTH; i++) {
            byte b = bytes[start + i];
            if (isDash(i) ? b != '-' : digit(b) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDash(int position) {
        return position == 8 || position == 13 || position == 18 || position == 23;
    }

    /** The first 64 bits of a UUID. Its text must be valid. */
    static long mostSignificantBits(byte[] bytes, int start) {
        return bits(bytes, start, (LENGTH - DASHES) / 2 + 2);
    }

    /** The last 64 bits of a UUID. Its text must be valid. */
    static long leastSignificantBits(byte[] bytes, int start) {
        int first = (LENGTH - DASHES) / 2 + 2;
        return bits(bytes, start + first, LENGTH - first);
    }

    private static long bits(byte[] bytes, int start, int length) {
        long bits = 0;
        for (int i = start; i < start + length; i++) {
            bits = bytes[i] == '-' ? bits : bits << 4 | digit(bytes[i]);
        }
        return bits;
    }

    private static int digit(byte b) {
        return b < 0 ? -1 : Character.digit(b, RADIX); // ASCII only
    }
}

package benchmarks.fanout;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A payload with the time at which its event was due, and the event's number:
 * {@code {"ts":<epoch nanoseconds>,"n":<number>,"x":"…"}}.
 *
 * <p>Both have a fixed number of digits, so a subscriber reads them in a few nanoseconds.
 */
final class Stamp {

    /** The first number, chosen so that all numbers have ten digits. */
    static final long FIRST = 1_000_000_000L;

    /** The length of the shortest payload, in bytes. */
    static final int MIN_BYTES = "{\"ts\":1234567890123456789,\"n\":1234567890,\"x\":\"\"}".length();

    private static final byte[] KEY = "{\"ts\":".getBytes(StandardCharsets.US_ASCII);
    private static final int TIME_DIGITS = 19;
    private static final int NUMBER_DIGITS = 10;
    private static final int NUMBER_AT = KEY.length + TIME_DIGITS + ",\"n\":".length();

    private final byte[] template;

    /** @param bytes the size of the whole payload; at least {@link #MIN_BYTES} */
    Stamp(int bytes) {
        if (bytes < MIN_BYTES) {
            throw new IllegalArgumentException("a payload has at least " + MIN_BYTES + " bytes, and not " + bytes);
        }
        String padding = "x".repeat(bytes - MIN_BYTES);
        template = ("{\"ts\":" + "0".repeat(TIME_DIGITS) + ",\"n\":" + "0".repeat(NUMBER_DIGITS) + ",\"x\":\"" + padding
                        + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Creates a payload. */
    byte[] payload(long due, long number) {
        byte[] payload = template.clone();
        putDigits(payload, KEY.length, TIME_DIGITS, due);
        putDigits(payload, NUMBER_AT, NUMBER_DIGITS, number);
        return payload;
    }

    private static void putDigits(byte[] into, int at, int digits, long value) {
        long left = value;
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    /**
     * Finds the start of the payload in a message.
     *
     * @param guess the likely offset of the payload from {@code from}
     * @throws IllegalArgumentException if there is no payload
     */
    static int find(byte[] message, int from, int to, int guess) {
        if (isAt(message, from + guess, to)) {
            return from + guess;
        }
        for (int i = from; i <= to - MIN_BYTES; i++) {
            if (isAt(message, i, to)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no payload of the benchmark: "
                + new String(message, from, Math.min(to - from, 200), StandardCharsets.ISO_8859_1));
    }

    private static boolean isAt(byte[] message, int at, int to) {
        return at <= to - MIN_BYTES
                && message[at] == KEY[0]
                && Arrays.equals(message, at, at + KEY.length, KEY, 0, KEY.length);
    }

    /** Returns when the event was due, in nanoseconds since the epoch. */
    static long due(byte[] message, int payloadAt) {
        return digits(message, payloadAt + KEY.length, TIME_DIGITS);
    }

    /** Returns the event's number. */
    static long number(byte[] message, int payloadAt) {
        return digits(message, payloadAt + NUMBER_AT, NUMBER_DIGITS);
    }

    private static long digits(byte[] from, int at, int digits) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            value = value * 10 + (from[i] - '0');
        }
        return value;
    }

    /** Returns the current time, in nanoseconds since the epoch. */
    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}

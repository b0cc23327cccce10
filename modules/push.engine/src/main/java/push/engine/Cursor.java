package push.engine;

import java.util.Optional;

/**
 * A place in one life of the log: just after the event of that sequence.
 *
 * <p>Its text is {@code <epoch>-<sequence>}. The epoch keeps a cursor from before a restart from ever
 * being taken for one of today's.
 *
 * @param epoch the life of the log: 1 to 64 of {@code 0-9 A-Z a-z _}
 * @param sequence 0 before the first event
 */
public record Cursor(String epoch, long sequence) {

    private static final int MAX_EPOCH = 64;
    private static final int MAX_DIGITS = 19; // of Long.MAX_VALUE

    /** The length of the longest text, in characters, each of which is one byte of UTF-8. */
    static final int MAX_LENGTH = MAX_EPOCH + 1 + MAX_DIGITS;

    /** @throws IllegalArgumentException when the epoch or the sequence is out of its range */
    public Cursor {
        if (!isEpoch(epoch)) {
            throw new IllegalArgumentException("epoch must be 1 to 64 of 0-9 A-Z a-z _, and was \"" + epoch + "\"");
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must not be negative, and was " + sequence);
        }
    }

    /** Reads a cursor's text; empty when it is none. Exactly one text stands for each cursor. */
    public static Optional<Cursor> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0 || !isEpoch(text.substring(0, dash))) {
            return Optional.empty();
        }
        String digits = text.substring(dash + 1);
        if (!isCanonicalNumber(digits)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Cursor(text.substring(0, dash), Long.parseLong(digits)));
        } catch (NumberFormatException e) { // 19 digits can still be too many
            return Optional.empty();
        }
    }

    private static boolean isEpoch(String text) {
        if (text.isEmpty() || text.length() > MAX_EPOCH) {
            return false;
        }
        // A loop, not a stream: a cursor is made for each event.
        for (int i = 0; i < text.length(); i++) {
            if (!isWordCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWordCharacter(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isCanonicalNumber(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(Cursor::isDigit)
                && (text.length() == 1 || text.charAt(0) != '0');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** The text that goes over the wire. */
    @Override
    public String toString() {
        return epoch + '-' + sequence;
    }
}

package push.engine;

import java.util.Optional;

/**
 * A position in one lifetime of the log: directly after the event with this sequence.
 *
 * <p>Its text is {@code <epoch>-<sequence>}. Because of the epoch, a cursor from before a restart is never mistaken for
 * a current one.
 *
 * @param epoch the lifetime of the log: 1 to 64 characters out of {@code 0-9 A-Z a-z _}
 * @param sequence the sequence of the event before this position; 0 before the first event
 */
public record Cursor(String epoch, long sequence) {

    private static final int MAX_EPOCH = 64;
    private static final int MAX_DIGITS = 19; // the digits of Long.MAX_VALUE

    /** The maximum length of a cursor's text, in characters; each character is one byte in UTF-8. */
    static final int MAX_LENGTH = MAX_EPOCH + 1 + MAX_DIGITS;

    /** @throws IllegalArgumentException if the epoch or the sequence is out of range */
    public Cursor {
        if (!isEpoch(epoch)) {
            throw new IllegalArgumentException("epoch must be 1 to 64 of 0-9 A-Z a-z _, but was \"" + epoch + "\"");
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must not be negative, but was " + sequence);
        }
    }

    /** Parses a cursor's text; empty if the text is not a cursor. Each cursor has exactly one text. */
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
        } catch (NumberFormatException e) { // 19 digits can exceed Long.MAX_VALUE
            return Optional.empty();
        }
    }

    private static boolean isEpoch(String text) {
        if (text.isEmpty() || text.length() > MAX_EPOCH) {
            return false;
        }
        // A loop rather than a stream, because a cursor is created for each event.
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

    /** Returns the text that is sent over the wire. */
    @Override
    public String toString() {
        return epoch + '-' + sequence;
    }
}

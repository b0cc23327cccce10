package http;

/**
 * Decides which numbers are accepted. The time and memory that programs need for a number grow with its number of
 * digits and its exponent.
 */
final class JsonNumber {

    static final int MAX_DIGITS = 100;
    static final int MAX_EXPONENT = 400;

    /** What is allowed, for error messages. */
    static final String ALLOWED = "a number must have at most " + MAX_DIGITS + " digits, and an exponent from -"
            + MAX_EXPONENT + " to " + MAX_EXPONENT;

    private JsonNumber() {}

    /** Whether a number is accepted. The text must be a valid JSON number. */
    static boolean isAccepted(byte[] text, int offset, int length) {
        int digits = 0;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte c = text[i];
            if (c == 'e' || c == 'E') {
                return digits <= MAX_DIGITS && isExponentAccepted(text, i + 1, end);
            }
            if (isDigit(c)) {
                digits++;
            }
        }
        return digits <= MAX_DIGITS;
    }

    private static boolean isExponentAccepted(byte[] text, int from, int end) {
        int exponent = 0;
        for (int i = from; i < end && exponent <= MAX_EXPONENT; i++) {
            if (isDigit(text[i])) {
                exponent = 10 * exponent + text[i] - '0';
            }
        }
        return exponent <= MAX_EXPONENT;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}

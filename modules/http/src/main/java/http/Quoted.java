package http;

/**
 * Quotes a caller's text in an answer: shortened, and without characters that are invisible or cannot be encoded.
 */
public final class Quoted {

    /** In characters. */
    static final int MAX_LENGTH = 80;

    private Quoted() {}

    /** The text between quotes, cut and cleaned. */
    public static String of(String text) {
        return '"' + cut(text) + '"';
    }

    /** The text, cut and cleaned. */
    public static String cut(String text) {
        return cut(text, MAX_LENGTH);
    }

    /** The text, cut after so many characters, and cleaned. */
    public static String cut(String text, int maxLength) {
        // Cut first: a pair of surrogates that the cut takes apart is then no character any more.
        String start = text.length() <= maxLength ? text : text.substring(0, maxLength);
        String clean = start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
        return text.length() <= maxLength ? clean : clean + "…";
    }
}

package http;

/** Quotes a caller's text in a response: shortened, and without characters that are invisible or cannot be encoded. */
public final class Quoted {

    /** In UTF-16 code units. */
    static final int MAX_LENGTH = 80;

    private Quoted() {}

    /** The text in quotation marks, shortened and cleaned. */
    public static String of(String text) {
        return '"' + cut(text) + '"';
    }

    /** The text, shortened and cleaned. */
    public static String cut(String text) {
        return cut(text, MAX_LENGTH);
    }

    /** The text, shortened to {@code maxLength} UTF-16 code units and cleaned. */
    public static String cut(String text, int maxLength) {
        // Shorten first: if that splits a surrogate pair, the remaining half is then replaced.
        String start = text.length() <= maxLength ? text : text.substring(0, maxLength);
        String clean = start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
        return text.length() <= maxLength ? clean : clean + "…";
    }
}

package http;

/** A caller's own words in an answer: short, and nothing in them that is not for the eye, or has no UTF-8. */
final class Quoted {

    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    static String of(String text) {
        return '"' + cut(text) + '"';
    }

    static String cut(String text) {
        // Cut first: a pair of surrogates that the cut takes apart is then no character any more.
        String start = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
        String clean = start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
        return text.length() <= MAX_LENGTH ? clean : clean + "…";
    }
}

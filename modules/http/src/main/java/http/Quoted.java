package http;

/** A caller's own words in an answer: short, and without control characters. */
final class Quoted {

    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    static String of(String text) {
        return '"' + cut(text) + '"';
    }

    static String cut(String text) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }
}

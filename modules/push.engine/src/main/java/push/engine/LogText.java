package push.engine;

/**
 * Makes untrusted text safe for the log: cuts it to 100 characters, and replaces control characters and line
 * separators.
 */
final class LogText {

    private static final int MAX_LENGTH = 100;

    private LogText() {}

    static String of(String text) {
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    }
}

package push.engine;

/** A stranger's words in the log: no more than a line of it, and no other lines but ours. */
final class LogText {

    private static final int MAX_LENGTH = 100;

    private LogText() {}

    static String of(String text) {
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    }
}

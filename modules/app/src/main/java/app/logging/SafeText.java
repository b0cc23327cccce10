package app.logging;

/** Makes text that may contain a peer's input safe for a line of the log. */
final class SafeText {

    private SafeText() {}

    /**
     * Replaces characters that could end the line, move the cursor or reorder the text with an escape, such as {@code
     * \n} or {@code \u001b}, and shortens text that is too long.
     *
     * @param max how many characters of the text are kept; the result ends with the number of the others
     */
    static String of(String text, int max) {
        int kept = Math.min(text.length(), max);
        if (kept < text.length() && kept > 0 && Character.isHighSurrogate(text.charAt(kept - 1))) {
            kept--; // does not split a surrogate pair
        }
        StringBuilder line = new StringBuilder(kept + 16);
        text.substring(0, kept).codePoints().forEach(c -> append(line, c));
        if (kept < text.length()) {
            line.append("… (").append(text.length() - kept).append(" more characters)");
        }
        return line.toString();
    }

    private static void append(StringBuilder line, int c) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (isUnsafe(c)) {
                    line.append(c > 0xffff ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
                } else {
                    line.appendCodePoint(c);
                }
            }
        }
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}

package push.transport.gate;

/**
 * Quotes a peer's text in a message: shortened, and in printable ASCII.
 */
final class Quoted {

    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    /**
     * The text between quotes, cut after 80 characters. Quotes, backslashes and everything that is not printable ASCII
     * are escaped.
     *
     * @param bytes the bytes that a peer sent, each byte as one character
     */
    static String of(String bytes) {
        StringBuilder shown = new StringBuilder("\"");
        bytes.chars().limit(MAX_LENGTH).forEach(c -> append(shown, c));
        return shown.append(bytes.length() > MAX_LENGTH ? "…\"" : "\"").toString();
    }

    private static void append(StringBuilder shown, int c) {
        if (c == '"' || c == '\\') {
            shown.append('\\').append((char) c);
        } else if (c >= ' ' && c < 0x7F) {
            shown.append((char) c);
        } else {
            shown.append("\\x").append("%02x".formatted(c));
        }
    }
}

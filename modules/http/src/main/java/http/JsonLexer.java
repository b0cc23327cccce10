package http;

/**
 * Skips the tokens of a JSON text one after the other, and reports the first violation of the grammar of RFC 8259. It
 * builds nothing. For one thread.
 *
 * <p>Every method that skips something throws an {@link IllegalArgumentException} when the text violates the grammar;
 * the message gives the reason, in words for the caller.
 */
final class JsonLexer {

    /** What a string contains. */
    enum StringKind {
        /** Only characters that stand for themselves. */
        PLAIN,
        /** Escapes. */
        ESCAPED,
        /** Escapes, and one of them is a surrogate that is not part of a pair. */
        UNPAIRED_SURROGATE
    }

    private final byte[] text;
    private final int end;
    private int at;

    /**
     * @param text the JSON text, in well-formed UTF-8
     * @param length how many bytes of the array the text has
     */
    JsonLexer(byte[] text, int length) {
        this.text = text;
        this.end = length;
    }

    /** The position of the next byte. */
    int position() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** The next byte. */
    int peek() {
        if (at == end) {
            throw no("it ends unexpectedly");
        }
        return text[at];
    }

    boolean isAt(char c) {
        return peek() == c;
    }

    /** Skips a byte that the caller has seen. */
    void skip() {
        at++;
    }

    void expect(char c) {
        if (!isAt(c)) {
            throw unexpected();
        }
        at++;
    }

    void skipWhitespace() {
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    void skipLiteral(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            expect(literal.charAt(i));
        }
    }

    StringKind skipString() {
        expect('"');
        StringKind kind = StringKind.PLAIN;
        while (peek() != '"') {
            int c = text[at++];
            if (c == '\\') {
                StringKind escape = escape();
                kind = escape.compareTo(kind) > 0 ? escape : kind;
            } else if (c >= 0 && c < ' ') {
                throw no("a string has an unescaped control character at byte " + (at - 1));
            }
        }
        at++;
        return kind;
    }

    private StringKind escape() {
        int c = peek();
        at++;
        if (c != 'u') {
            if ("\"\\/bfnrt".indexOf(c) < 0) {
                throw no("a string has an invalid escape at byte " + (at - 2));
            }
            return StringKind.ESCAPED;
        }
        char unit = unit();
        if (Character.isHighSurrogate(unit) && at + 1 < end && text[at] == '\\' && text[at + 1] == 'u') {
            int second = at;
            at += 2;
            if (Character.isLowSurrogate(unit())) {
                return StringKind.ESCAPED;
            }
            at = second; // it is scanned as a separate escape
        }
        return Character.isSurrogate(unit) ? StringKind.UNPAIRED_SURROGATE : StringKind.ESCAPED;
    }

    private char unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected();
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    void skipNumber() {
        if (isAt('-')) {
            at++;
        }
        if (isAt('0')) {
            at++;
        } else {
            skipDigits();
        }
        if (at < end && text[at] == '.') {
            at++;
            skipDigits();
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (isAt('+') || isAt('-')) {
                at++;
            }
            skipDigits();
        }
    }

    /** Skips at least one digit. */
    private void skipDigits() {
        if (!isDigit(peek())) {
            throw unexpected();
        }
        while (at < end && isDigit(text[at])) {
            at++;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private IllegalArgumentException unexpected() {
        int c = peek();
        String shown = c > ' ' && c < 0x7f ? "\"" + (char) c + "\"" : "0x%02x".formatted(c & 0xff);
        return no("unexpected " + shown + " at byte " + at);
    }

    /** The exception for a text that is not JSON. */
    static IllegalArgumentException no(String why) {
        return new IllegalArgumentException("not valid JSON: " + why);
    }
}

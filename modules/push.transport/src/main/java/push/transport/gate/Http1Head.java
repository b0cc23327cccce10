package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The head of an HTTP/1 request: the request line and the header fields (RFC 9112, sections 3 and 5).
 *
 * @param method the method, as it was sent
 * @param target the request target, as it was sent
 * @param minor the minor version: 0 or 1
 * @param fields the header fields in their order, with names in lower case, and values without spaces or tabs at either
 *     end
 */
record Http1Head(String method, String target, int minor, List<HeaderField> fields) {

    /**
     * Parses a head.
     *
     * @param line the request line
     * @param bytes holds a whole head that a {@link HeadScanner} has found
     */
    static Http1Head parse(RequestLine line, byte[] bytes, int from, int length) throws Refusal {
        String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        int lineEnd = text.indexOf("\r\n");
        List<HeaderField> fields = new ArrayList<>();
        for (int start = lineEnd + 2; start < length - 2; start = lineEnd + 2) {
            lineEnd = text.indexOf("\r\n", start);
            fields.add(field(text.substring(start, lineEnd)));
        }
        return new Http1Head(line.method(), line.target(), line.minor(), fields);
    }

    /** Parses one field line of a head or a trailer section. */
    static HeaderField field(String line) throws Refusal {
        if (line.startsWith(" ") || line.startsWith("\t")) {
            throw new Refusal(400, "a header field must not continue on the next line; the line is " + Quoted.of(line));
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        if (colon < 0) {
            throw new Refusal(400, "the header field " + Quoted.of(line) + " has no colon");
        }
        if (!Token.matches(name)) {
            throw new Refusal(
                    400,
                    "the header field name " + Quoted.of(name)
                            + " must be one or more letters, digits and !#$%&'*+-.^_`|~, directly followed by a colon");
        }
        return new HeaderField(name.toLowerCase(Locale.ROOT), trim(line, colon + 1));
    }

    /** The values of all fields with this name, which must be in lower case. */
    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(HeaderField::value)
                .toList();
    }

    /** Whether a field with a list of tokens, such as {@code connection}, has this token. */
    boolean hasToken(String name, String token) {
        for (String value : all(name)) {
            for (String element : value.split(",", -1)) {
                if (trim(element, 0).equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Removes only spaces and tabs, unlike {@link String#strip}. */
    private static String trim(String text, int from) {
        int start = from;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}

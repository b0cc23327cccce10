package push.transport.gate;

/** A token: what methods and the names of header fields are made of (RFC 9110, section 5.6.2). */
final class Token {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private Token() {}

    static boolean matches(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isCapital(c) || isInLowerCase(c));
    }

    /** Whether it is a token without capitals, as the names of fields over HTTP/2 are. */
    static boolean matchesInLowerCase(String text) {
        return !text.isEmpty() && text.chars().allMatch(Token::isInLowerCase);
    }

    private static boolean isCapital(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isInLowerCase(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }
}

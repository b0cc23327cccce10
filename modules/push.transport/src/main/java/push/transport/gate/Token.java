package push.transport.gate;

/** The syntax of a token (RFC 9110, section 5.6.2), which methods and field names must follow. */
final class Token {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private Token() {}

    static boolean matches(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isCapital(c) || isInLowerCase(c));
    }

    /** Whether the text is a token without capital letters, as HTTP/2 requires of field names. */
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

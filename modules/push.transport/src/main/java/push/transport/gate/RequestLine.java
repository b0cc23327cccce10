package push.transport.gate;

/**
 * The request line of an HTTP/1 request (RFC 9112, section 3).
 *
 * @param method the method, as it was sent
 * @param target the request target, as it was sent
 * @param minor the minor version: 0 or 1
 */
record RequestLine(String method, String target, int minor) {

    /** Parses a request line that has no CRLF at its end. */
    static RequestLine of(String line) throws Refusal {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !Token.matches(parts[0]) || !isVersion(parts[2])) {
            throw new Refusal(
                    400,
                    "the request line " + Quoted.of(line)
                            + " must be a method, a target and a version, separated by single spaces");
        }
        return new RequestLine(parts[0], parts[1], minor(parts[2]));
    }

    private static boolean isVersion(String text) {
        return text.length() == 8
                && text.startsWith("HTTP/")
                && isDigit(text.charAt(5))
                && text.charAt(6) == '.'
                && isDigit(text.charAt(7));
    }

    private static int minor(String version) throws Refusal {
        if (!version.startsWith("HTTP/1.") || version.charAt(7) > '1') {
            throw new Refusal(
                    505,
                    "the version " + version + " is not supported; allowed are HTTP/1.1, HTTP/1.0, and HTTP/2 from"
                            + " the start of the connection");
        }
        return version.charAt(7) - '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

package push.transport.gate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Checks request targets, so that a proxy and the hub understand the same path. The hub accepts an absolute path in the
 * normal form of RFC 3986, and an asterisk with OPTIONS.
 */
final class RequestTarget {

    private static final String SUB_DELIMITERS = "!$&'()*+,=";

    private RequestTarget() {}

    /**
     * What is wrong with a target, in words for the peer.
     *
     * @param method the method of the request
     * @param target the request target as it was sent, each byte as one character
     * @return empty when nothing is wrong
     */
    static Optional<String> fault(RequestMethod method, String target) {
        if (target.equals("*")) {
            return method == RequestMethod.OPTIONS
                    ? Optional.empty()
                    : Optional.of("the request target \"*\" is for OPTIONS only; use an absolute path");
        }
        if (!target.startsWith("/")) {
            return fault(target, "must be an absolute path that begins with a slash, without scheme and authority");
        }
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        Optional<String> why = pathFault(path);
        if (why.isEmpty() && query >= 0) {
            why = charactersFault(target, query + 1, "/?;");
        }
        return why.flatMap(reason -> fault(target, reason));
    }

    private static Optional<String> fault(String target, String reason) {
        return Optional.of("the request target " + Quoted.of(target) + " " + reason);
    }

    private static Optional<String> pathFault(String path) {
        Optional<String> why = charactersFault(path, 0, "/");
        return why.isPresent() ? why : encodedFault(path).or(() -> segmentsFault(path));
    }

    private static Optional<String> charactersFault(String text, int from, String alsoAllowed) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (!isTriplet(text, i)) {
                    return Optional.of("has a percent sign that is not followed by two hexadecimal digits");
                }
                i += 2;
            } else if (c == '#') {
                return Optional.of("has a fragment; a fragment is not part of a request target");
            } else if (c == ';' && alsoAllowed.indexOf(c) < 0) {
                return Optional.of("has path parameters, which are not allowed; send a semicolon as %3B");
            } else if (!isUnreserved(c)
                    && ":@".indexOf(c) < 0
                    && SUB_DELIMITERS.indexOf(c) < 0
                    && alsoAllowed.indexOf(c) < 0) {
                return Optional.of("has the character " + Quoted.of(String.valueOf(c))
                        + ", which must be percent-encoded as UTF-8");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> encodedFault(String path) {
        ByteBuffer bytes = ByteBuffer.allocate(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '%') {
                bytes.put((byte) path.charAt(i));
                continue;
            }
            int b = HexFormat.fromHexDigits(path, i + 1, i + 3);
            if (isUnreserved(b)) {
                return Optional.of("encodes " + Quoted.of(String.valueOf((char) b))
                        + "; letters, digits and -._~ must not be encoded");
            }
            if (b == '/' || b == '\\') {
                return Optional.of("encodes a slash or a backslash, which a path must not contain");
            }
            if (b < ' ' || b == 0x7F) {
                return Optional.of("encodes a control character, which a path must not contain");
            }
            bytes.put((byte) b);
            i += 2;
        }
        return isUtf8(bytes.flip()) ? Optional.empty() : Optional.of("encodes bytes that are not UTF-8");
    }

    private static Optional<String> segmentsFault(String path) {
        for (int start = 1, end; start < path.length(); start = end + 1) {
            int slash = path.indexOf('/', start);
            end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            if (segment.isEmpty()) {
                return Optional.of("has an empty segment; use a single slash between segments");
            }
            if (segment.equals(".") || segment.equals("..")) {
                return Optional.of("has a dot segment; send the path without it");
            }
        }
        return Optional.empty();
    }

    private static boolean isTriplet(String text, int at) {
        return at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

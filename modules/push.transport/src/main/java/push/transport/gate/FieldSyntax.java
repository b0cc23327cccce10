package push.transport.gate;

import java.util.Optional;
import java.util.Set;

/** The syntax of a single header field in HTTP/2 (RFC 9113, section 8.2). */
final class FieldSyntax {

    /** Connection-specific fields of HTTP/1, which HTTP/2 does not allow, section 8.2.2. */
    private static final Set<String> CONNECTION_SPECIFIC =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    private FieldSyntax() {}

    /** What is wrong with a field other than a pseudo-header field; empty if it is well-formed. */
    static Optional<String> fault(HeaderField field) {
        if (CONNECTION_SPECIFIC.contains(field.name())) {
            return Optional.of("the field " + field.name() + " is not allowed in HTTP/2");
        }
        if (!Token.matchesInLowerCase(field.name())) {
            return Optional.of("a field name must be a token in lower case");
        }
        return valueFault(field);
    }

    /** What is wrong with the value of any field; empty if it is well-formed. */
    static Optional<String> valueFault(HeaderField field) {
        String value = field.value();
        boolean blank = !value.isEmpty() && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)));
        if (blank || value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            return Optional.of(
                    "the value of " + field.name() + " has control characters, or a space or tab at its start or end");
        }
        return Optional.empty();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}

package push.transport.gate;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pseudo-header fields of one HTTP/2 request (RFC 9113, section 8.3.1). For one thread. */
final class PseudoHeaders {

    private @Nullable String method;
    private @Nullable String scheme;
    private @Nullable String path;
    private @Nullable String authority;

    /** Adds a field, and returns what is wrong with it; empty if it is well-formed. */
    Optional<String> add(HeaderField field) {
        String before;
        switch (field.name()) {
            case ":method" -> {
                before = method;
                method = field.value();
            }
            case ":scheme" -> {
                before = scheme;
                scheme = field.value();
            }
            case ":path" -> {
                before = path;
                path = field.value();
            }
            case ":authority" -> {
                before = authority;
                authority = field.value();
            }
            default -> {
                return Optional.of("the pseudo-header field " + field.name() + " is unknown");
            }
        }
        Optional<String> fault = FieldSyntax.valueFault(field);
        return fault.isEmpty() && before != null ? Optional.of(field.name() + " occurs twice") : fault;
    }

    /** What is missing once all fields were added; empty if nothing is. */
    Optional<String> missing() {
        if (method == null || !Token.matches(method)) {
            return Optional.of(":method is missing, or is not a token");
        }
        if (method.equals("CONNECT")) {
            return Optional.empty(); // it has neither scheme nor path, and the gate answers it
        }
        if (scheme == null) {
            return Optional.of(":scheme is missing");
        }
        if (path == null || path.isEmpty()) {
            return Optional.of(":path is missing or empty");
        }
        return Optional.empty();
    }

    /** The method; empty if there is none. */
    String method() {
        return Objects.requireNonNullElse(method, "");
    }

    /** The scheme; empty if there is none. */
    String scheme() {
        return Objects.requireNonNullElse(scheme, "");
    }

    /** The path with the query; empty if there is none. */
    String path() {
        return Objects.requireNonNullElse(path, "");
    }

    /** The authority; null if there is none. */
    @Nullable
    String authority() {
        return authority;
    }
}

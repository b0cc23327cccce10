package push.transport.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the header fields of an HTTP/2 request before Helidon sees them: whether they are well-formed (RFC 9113,
 * section 8), whether the gate itself answers the request, and which of them Helidon gets.
 */
final class RequestFields {

    /** Connection-specific fields of HTTP/1, which HTTP/2 does not allow, section 8.2.2. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");

    /** Fields that Helidon accepts only once, and in one form. */
    private static final Set<String> ONCE = Set.of("host", "content-length", "te");

    private static final String GRPC = "application/grpc";
    private static final int MAX_TARGET = 16_384;

    /** What happens to a request. */
    sealed interface Verdict {

        /**
         * Helidon gets the request.
         *
         * @param fields the fields in the form that Helidon accepts
         * @param contentLength the declared length of the body, in bytes; -1 if none is declared
         */
        record Accepted(List<HeaderField> fields, boolean isGrpc, long contentLength) implements Verdict {}

        /**
         * The gate answers the request.
         *
         * @param withBody false if the response must have no content
         */
        record Answered(GateAnswer answer, boolean withBody) implements Verdict {}

        /** The request is malformed, and its stream is reset. */
        record Malformed(String why) implements Verdict {}
    }

    private final List<HeaderField> fields;
    private String method = "";
    private String scheme = "";
    private String path = "";
    private String authority = "";
    private String host = "";
    private String type = "";
    private String requestId = "";
    private boolean hasMethod;
    private boolean hasScheme;
    private boolean hasPath;
    private boolean hasAuthority;
    private boolean hasHost;
    private boolean takesTrailers;
    private boolean expects;
    private long contentLength = -1;

    private RequestFields(List<HeaderField> fields) {
        this.fields = fields;
    }

    /** Decides what happens to a request with these fields. */
    static Verdict judge(List<HeaderField> fields) {
        RequestFields request = new RequestFields(fields);
        return request.malformed()
                .<Verdict>map(Verdict.Malformed::new)
                .or(() ->
                        request.answered().map(answer -> new Verdict.Answered(answer, !request.method.equals("HEAD"))))
                .orElseGet(request::accepted);
    }

    /** What is wrong with the trailer fields of a request; empty if they are well-formed. */
    static Optional<String> trailersFault(List<HeaderField> fields) {
        for (HeaderField field : fields) {
            Optional<String> fault =
                    field.isPseudo() ? Optional.of("a pseudo-header behind the body") : fieldFault(field);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<String> malformed() {
        boolean regular = false;
        for (HeaderField field : fields) {
            Optional<String> fault;
            if (field.isPseudo()) {
                fault = regular ? Optional.of("a pseudo-header behind another field") : notePseudo(field);
            } else {
                regular = true;
                fault = note(field);
            }
            if (fault.isPresent()) {
                return fault;
            }
        }
        if (!hasMethod || !Token.matches(method)) {
            return Optional.of(":method is missing, or is not a token");
        }
        if (method.equals("CONNECT")) {
            return Optional.empty(); // it has neither scheme nor path, and the gate answers it
        }
        if (!hasScheme) {
            return Optional.of(":scheme is missing");
        }
        if (!hasPath || path.isEmpty()) {
            return Optional.of(":path is missing or empty");
        }
        if (hasAuthority && hasHost && !authority.equalsIgnoreCase(host)) {
            return Optional.of("host is not :authority");
        }
        return Optional.empty();
    }

    private Optional<String> notePseudo(HeaderField field) {
        if (!PSEUDO.contains(field.name())) {
            return Optional.of("an unknown pseudo-header");
        }
        Optional<String> fault = valueFault(field);
        if (fault.isPresent()) {
            return fault;
        }
        boolean twice = switch (field.name()) {
            case ":method" -> hasMethod;
            case ":scheme" -> hasScheme;
            case ":path" -> hasPath;
            default -> hasAuthority;
        };
        if (twice) {
            return Optional.of(field.name() + " is there twice");
        }
        switch (field.name()) {
            case ":method" -> {
                hasMethod = true;
                method = field.value();
            }
            case ":scheme" -> {
                hasScheme = true;
                scheme = field.value();
            }
            case ":path" -> {
                hasPath = true;
                path = field.value();
            }
            default -> {
                hasAuthority = true;
                authority = field.value();
            }
        }
        return Optional.empty();
    }

    private Optional<String> note(HeaderField field) {
        Optional<String> fault = fieldFault(field);
        if (fault.isPresent()) {
            return fault;
        }
        switch (field.name()) {
            case "te" -> {
                if (!field.value().equalsIgnoreCase("trailers")) {
                    return Optional.of("te is something other than trailers");
                }
                takesTrailers = true;
            }
            case "host" -> {
                if (hasHost) {
                    return Optional.of("host is there twice");
                }
                hasHost = true;
                host = field.value();
            }
            case "content-length" -> {
                return noteLength(field.value());
            }
            case "content-type" -> type = field.value();
            case "x-request-id" -> requestId = field.value();
            case "expect" -> expects |= !field.value().equalsIgnoreCase("100-continue");
            default -> {}
        }
        return Optional.empty();
    }

    private static Optional<String> fieldFault(HeaderField field) {
        return OF_THE_CONNECTION.contains(field.name())
                ? Optional.of("the field " + field.name() + ", which is for HTTP/1")
                : textFault(field);
    }

    private Optional<String> noteLength(String value) {
        boolean number =
                !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return Optional.of("content-length is not a number of at most 18 digits");
        }
        long length = Long.parseLong(value);
        if (contentLength >= 0 && contentLength != length) {
            return Optional.of("content-length is there twice, with two values");
        }
        contentLength = length;
        return Optional.empty();
    }

    private Optional<GateAnswer> answered() {
        Optional<RequestMethod> known = RequestMethod.of(method);
        if (known.isEmpty()) {
            return answer(501, RequestMethod.fault(method));
        }
        if (path.length() > MAX_TARGET) {
            return answer(414, "the path must have at most " + MAX_TARGET + " bytes, and has " + path.length());
        }
        Optional<String> fault = RequestTarget.fault(known.get(), path);
        if (fault.isPresent()) {
            return answer(400, fault.get());
        }
        if (expects) {
            return answer(417, "Expect must be 100-continue");
        }
        if (to().isEmpty() && !isGrpc()) {
            return answer(400, ":authority is missing or empty, and host too");
        }
        return Optional.empty();
    }

    private Optional<GateAnswer> answer(int status, String detail) {
        return Optional.of(GateAnswer.of(status, detail, requestId));
    }

    /** Whether the request is a gRPC call, by the content types of the gRPC protocol. */
    private boolean isGrpc() {
        return method.equals("POST")
                && type.startsWith(GRPC)
                && (type.length() == GRPC.length() || "+;".indexOf(type.charAt(GRPC.length())) >= 0);
    }

    /** The host that the request is sent to. */
    private String to() {
        return authority.isEmpty() ? host : authority;
    }

    /** Puts the pseudo-header fields first, and includes a field only once if Helidon accepts it only once. */
    private Verdict accepted() {
        List<HeaderField> accepted = new ArrayList<>(fields.size() + 1);
        accepted.add(new HeaderField(":method", method));
        accepted.add(new HeaderField(":scheme", scheme));
        accepted.add(new HeaderField(":path", path));
        accepted.add(new HeaderField(":authority", to().isEmpty() ? "localhost" : to()));
        for (HeaderField field : fields) {
            if (!field.isPseudo() && !ONCE.contains(field.name())) {
                accepted.add(field);
            }
        }
        if (takesTrailers) {
            accepted.add(new HeaderField("te", "trailers"));
        }
        if (contentLength >= 0) {
            accepted.add(new HeaderField("content-length", Long.toString(contentLength)));
        }
        return new Verdict.Accepted(accepted, isGrpc(), contentLength);
    }

    private static Optional<String> textFault(HeaderField field) {
        if (!Token.matchesInLowerCase(field.name())) {
            return Optional.of("a field's name is empty, or has characters other than those of a token in lower case");
        }
        return valueFault(field);
    }

    private static Optional<String> valueFault(HeaderField field) {
        String value = field.value();
        boolean blank = !value.isEmpty() && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)));
        if (blank || value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            return Optional.of("the value of " + field.name() + " has control characters, or blanks at an end");
        }
        return Optional.empty();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}

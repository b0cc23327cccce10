package push.transport.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the header fields of an HTTP/2 request before Helidon sees them: whether they are well-formed (RFC 9113,
 * section 8), whether the gate itself responds to the request, and which of them Helidon gets.
 */
final class RequestFields {

    /** Fields that Helidon accepts only once, and in one form. */
    private static final Set<String> ONCE = Set.of("host", "content-length", "te");

    private static final String GRPC = "application/grpc";
    private static final int MAX_TARGET = 16_384;
    private static final int MAX_LENGTH_DIGITS = 18;

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
         * The gate responds to the request.
         *
         * @param withBody false if the response must have no content
         */
        record Refused(Problem problem, boolean withBody) implements Verdict {}

        /** The request is malformed, and its stream is reset. */
        record Malformed(String why) implements Verdict {}
    }

    private final List<HeaderField> fields;
    private final PseudoHeaders pseudo = new PseudoHeaders();
    private @Nullable String host;
    private String type = "";
    private String requestId = "";
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
                .or(() -> request.problem().map(problem -> new Verdict.Refused(problem, !request.isHead())))
                .orElseGet(request::accepted);
    }

    /** What is wrong with the trailer fields of a request; empty if they are well-formed. */
    static Optional<String> trailersFault(List<HeaderField> fields) {
        for (HeaderField field : fields) {
            Optional<String> fault =
                    field.isPseudo() ? Optional.of("a pseudo-header field in the trailers") : FieldSyntax.fault(field);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    // Whether the request is malformed.

    private Optional<String> malformed() {
        boolean regular = false;
        for (HeaderField field : fields) {
            Optional<String> fault;
            if (field.isPseudo()) {
                fault = regular ? Optional.of("a pseudo-header field after a regular field") : pseudo.add(field);
            } else {
                regular = true;
                fault = note(field);
            }
            if (fault.isPresent()) {
                return fault;
            }
        }
        return pseudo.missing().or(this::hostFault);
    }

    private Optional<String> note(HeaderField field) {
        Optional<String> fault = FieldSyntax.fault(field);
        if (fault.isPresent()) {
            return fault;
        }
        switch (field.name()) {
            case "te" -> {
                if (!field.value().equalsIgnoreCase("trailers")) {
                    return Optional.of("te must be trailers");
                }
                takesTrailers = true;
            }
            case "host" -> {
                if (host != null) {
                    return Optional.of("host occurs twice");
                }
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

    private Optional<String> noteLength(String value) {
        boolean number = !value.isEmpty()
                && value.length() <= MAX_LENGTH_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return Optional.of("content-length must be a number of at most 18 digits");
        }
        long length = Long.parseLong(value);
        if (contentLength >= 0 && contentLength != length) {
            return Optional.of("content-length occurs twice, with different values");
        }
        contentLength = length;
        return Optional.empty();
    }

    private Optional<String> hostFault() {
        String authority = pseudo.authority();
        boolean differ = authority != null && host != null && !authority.equalsIgnoreCase(host);
        return differ && !isConnect() ? Optional.of("host differs from :authority") : Optional.empty();
    }

    // Whether the gate responds to the request.

    private Optional<Problem> problem() {
        Optional<RequestMethod> known = RequestMethod.of(pseudo.method());
        if (known.isEmpty()) {
            return problem(501, RequestMethod.fault(pseudo.method()));
        }
        String path = pseudo.path();
        if (path.length() > MAX_TARGET) {
            return problem(414, "the path must have at most " + MAX_TARGET + " bytes, and had " + path.length());
        }
        Optional<String> fault = RequestTarget.fault(known.get(), path);
        if (fault.isPresent()) {
            return problem(400, fault.get());
        }
        if (expects) {
            return problem(417, "Expect must be 100-continue");
        }
        if (to().isEmpty() && !isGrpc()) {
            return problem(400, ":authority and host are both missing or empty");
        }
        return Optional.empty();
    }

    private Optional<Problem> problem(int status, String detail) {
        return Optional.of(new Problem(status, detail, requestId));
    }

    private boolean isHead() {
        return pseudo.method().equals("HEAD");
    }

    private boolean isConnect() {
        return pseudo.method().equals("CONNECT");
    }

    /** Whether the request is a gRPC call, by the content types of the gRPC protocol. */
    private boolean isGrpc() {
        return pseudo.method().equals("POST")
                && type.startsWith(GRPC)
                && (type.length() == GRPC.length() || "+;".indexOf(type.charAt(GRPC.length())) >= 0);
    }

    /** The host that the request is sent to; empty if the request does not name one. */
    private String to() {
        String authority = pseudo.authority();
        if (authority != null && !authority.isEmpty()) {
            return authority;
        }
        return host == null ? "" : host;
    }

    // What Helidon gets.

    /** Puts the pseudo-header fields first, and includes a field only once if Helidon accepts it only once. */
    private Verdict accepted() {
        List<HeaderField> accepted = new ArrayList<>(fields.size() + 1);
        accepted.add(new HeaderField(":method", pseudo.method()));
        accepted.add(new HeaderField(":scheme", pseudo.scheme()));
        accepted.add(new HeaderField(":path", pseudo.path()));
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
}

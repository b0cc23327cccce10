package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * An HTTP/1 request that has passed all checks and is passed to Helidon.
 *
 * @param head the parsed head
 * @param method the method, which the hub knows
 * @param bodyLength the length of the body in bytes; 0 without a body, {@link #CHUNKED} for a chunked body
 */
record Http1Request(Http1Head head, RequestMethod method, long bodyLength) {

    static final long CHUNKED = -1;

    /** The largest number of digits in a content length: a longer number might not fit into a {@code long}. */
    private static final int MAX_DIGITS = 18;

    /**
     * Header fields for this connection alone. The gate adds again those that Helidon needs. It upgrades no connection,
     * which RFC 9110, section 7.8, leaves to the server, and sends no trailer fields.
     */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "http2-settings",
            "expect",
            "transfer-encoding");

    /** Checks a head. */
    static Http1Request of(Http1Head head) throws Refusal {
        RequestMethod method = RequestMethod.of(head.method())
                .orElseThrow(() -> refusal(head, 501, RequestMethod.fault(head.method())));
        String fault = RequestTarget.fault(method, head.target()).orElse(null);
        if (fault != null) {
            throw refusal(head, 400, fault);
        }
        checkHost(head);
        checkExpectation(head);
        return new Http1Request(head, method, bodyLength(head));
    }

    private static void checkHost(Http1Head head) throws Refusal {
        int hosts = head.all("host").size();
        if (hosts > 1 || (hosts == 0 && head.minor() > 0)) {
            throw refusal(head, 400, "a request must have one Host header field, and had " + hosts);
        }
    }

    private static void checkExpectation(Http1Head head) throws Refusal {
        for (String expected : head.minor() > 0 ? head.all("expect") : List.<String>of()) {
            if (!expected.equalsIgnoreCase("100-continue")) {
                throw refusal(head, 417, "Expect must be 100-continue, but was " + Quoted.of(expected));
            }
        }
    }

    private static long bodyLength(Http1Head head) throws Refusal {
        List<String> codings = head.all("transfer-encoding");
        List<String> lengths = head.all("content-length");
        if (codings.isEmpty()) {
            return lengths.isEmpty() ? 0 : contentLength(head, lengths);
        }
        if (!lengths.isEmpty()) {
            throw refusal(head, 400, "a request must not have both Content-Length and Transfer-Encoding");
        }
        if (head.minor() == 0) {
            throw refusal(head, 400, "an HTTP/1.0 request must not have Transfer-Encoding");
        }
        if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
            throw refusal(
                    head, 400, "Transfer-Encoding must be chunked, but was " + Quoted.of(String.join(", ", codings)));
        }
        return CHUNKED;
    }

    private static long contentLength(Http1Head head, List<String> lengths) throws Refusal {
        String length = lengths.getFirst();
        if (lengths.size() > 1
                || length.isEmpty()
                || length.length() > MAX_DIGITS
                || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refusal(
                    head,
                    400,
                    "Content-Length must be one number of 1 to " + MAX_DIGITS + " digits, but was "
                            + Quoted.of(String.join(", ", lengths)));
        }
        return Long.parseLong(length);
    }

    private static Refusal refusal(Http1Head head, int status, String detail) {
        List<String> ids = head.all("x-request-id");
        Problem problem = new Problem(status, detail, ids.isEmpty() ? "" : ids.getFirst());
        return new Refusal(problem, !head.method().equals(RequestMethod.HEAD.name()));
    }

    /** Whether this is an HTTP/1.0 request: its peer accepts neither chunks nor a 100 (Continue) response. */
    boolean isHttp10() {
        return head.minor() == 0;
    }

    /** Whether the connection ends with this request. The gate keeps no HTTP/1.0 connection alive. */
    boolean isLast() {
        return isHttp10() || head.hasToken("connection", "close");
    }

    /** The head for Helidon: an HTTP/1.1 head, without the fields that concern this connection alone. */
    byte[] forHelidon() {
        StringBuilder text = new StringBuilder(256);
        text.append(method).append(' ').append(head.target()).append(" HTTP/1.1\r\n");
        for (HeaderField field : head.fields()) {
            if (!HOP_BY_HOP.contains(field.name())) {
                append(text, field.name(), field.value());
            }
        }
        if (head.all("host").isEmpty()) {
            append(text, "host", "localhost");
        }
        if (!isHttp10() && !head.all("expect").isEmpty()) {
            append(text, "expect", "100-continue");
        }
        if (bodyLength == CHUNKED) {
            append(text, "transfer-encoding", "chunked");
        }
        if (isLast()) {
            append(text, "connection", "close");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
}

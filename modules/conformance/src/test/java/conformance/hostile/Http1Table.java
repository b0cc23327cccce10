package conformance.hostile;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * HTTP/1 requests that follow RFC 9112, and requests that violate it slightly. Each is followed by a second request,
 * which asks to close the connection. If a hub and a proxy disagree about the end of a body, this request is the
 * smuggled one.
 */
final class Http1Table {

    /** A notification that is accepted. */
    static final String NOTE =
            "{\"user_id\":\"3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11\",\"kind\":\"unusual\",\"payload\":{}}";

    private static final int LENGTH = NOTE.length();
    private static final String POST =
            "POST /api/v1/notifications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    private static final String NEXT =
            "GET /observe/health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNK = Integer.toHexString(LENGTH) + "\r\n" + NOTE + "\r\n";
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private Http1Table() {}

    /**
     * One exchange.
     *
     * @param name describes the request
     * @param allowed the allowed sequences of response statuses until the connection ends
     * @param request the request, with the second request after it
     */
    record Row(String name, Set<List<Integer>> allowed, String request) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row refused(String name, String request) {
        return new Row(name, Set.of(List.of(400)), request + NEXT);
    }

    private static Row row(String name, String request, List<Integer> statuses) {
        return new Row(name, Set.of(statuses), request + NEXT);
    }

    private static Row either(String name, String request, List<Integer> one, List<Integer> other) {
        return new Row(name, Set.of(one, other), request + NEXT);
    }

    private static String withLength(String value) {
        return POST + "Content-Length: " + value + "\r\n\r\n" + NOTE;
    }

    private static String get(String target, String version, String... fields) {
        return "GET " + target + " " + version + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
    }

    static Stream<Row> all() {
        return Stream.of(lengths(), codings(), chunks(), fields(), targets(), versions())
                .flatMap(List::stream);
    }

    private static List<Row> lengths() {
        return List.of(
                row("Content-Length", withLength(Integer.toString(LENGTH)), List.of(202, 200)),
                refused(
                        "two Content-Lengths",
                        POST + "Content-Length: 1\r\n" + withLength("2").substring(POST.length())),
                either(
                        "two equal Content-Lengths",
                        POST + "Content-Length: " + LENGTH + "\r\n"
                                + withLength("" + LENGTH).substring(POST.length()),
                        List.of(400),
                        List.of(202, 200)),
                refused("Content-Length with a list", withLength(LENGTH + ", " + (LENGTH + 1))),
                refused("Content-Length with a sign", withLength("+" + LENGTH)),
                refused("Content-Length below 0", withLength("-1")),
                refused("Content-Length in hexadecimal", withLength("0x" + Integer.toHexString(LENGTH))),
                refused("Content-Length that overflows", withLength("18446744073709551616")),
                refused("Content-Length that is empty", withLength("")),
                refused(
                        "Content-Length with a blank before its colon",
                        POST + "Content-Length : " + LENGTH + "\r\n\r\n" + NOTE));
    }

    private static List<Row> codings() {
        String length = "Content-Length: " + LENGTH + "\r\n";
        return List.of(
                row(
                        "a GET whose body is chunked and empty",
                        "GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\n" + CHUNKED + "0\r\n\r\n",
                        List.of(200, 200)),
                row("chunked", POST + CHUNKED + CHUNK + LAST_CHUNK, List.of(202, 200)),
                row(
                        "chunked in mixed case",
                        POST + CHUNKED.replace("chunked", "cHuNkEd") + CHUNK + LAST_CHUNK,
                        List.of(202, 200)),
                refused("Content-Length and Transfer-Encoding", POST + length + CHUNKED + CHUNK + LAST_CHUNK),
                refused(
                        "Transfer-Encoding and Content-Length",
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n" + CHUNK + LAST_CHUNK),
                coded("xchunked"),
                coded("identity"),
                coded("gzip, chunked"),
                coded("chunked, identity"),
                coded("\u000bchunked"),
                refused(
                        "Transfer-Encoding twice",
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + CHUNK
                                + LAST_CHUNK),
                refused(
                        "Transfer-Encoding with a blank before its colon",
                        POST + "Transfer-Encoding : chunked\r\n\r\n" + CHUNK + LAST_CHUNK),
                refused("Transfer-Encoding in HTTP/1.0", POST.replace("1.1", "1.0") + CHUNKED + CHUNK + LAST_CHUNK));
    }

    private static Row coded(String coding) {
        return new Row(
                "Transfer-Encoding: " + Printable.of(coding),
                Set.of(List.of(400), List.of(501)),
                POST + "Transfer-Encoding: " + coding + "\r\n\r\n" + CHUNK + LAST_CHUNK + NEXT);
    }

    private static Row chunk(String name, String chunk) {
        return new Row(name, Set.of(List.of(400), List.of(413)), POST + CHUNKED + chunk + NEXT);
    }

    private static List<Row> chunks() {
        String size = Integer.toHexString(LENGTH);
        return List.of(
                either(
                        "a chunk with an extension",
                        POST + CHUNKED + CHUNK.replaceFirst("\r\n", ";a=b\r\n") + LAST_CHUNK,
                        List.of(400),
                        List.of(202, 200)),
                either(
                        "trailers",
                        POST + CHUNKED + CHUNK + "0\r\nX-Checksum: 1\r\n\r\n",
                        List.of(400),
                        List.of(202, 200)),
                chunk("a chunk's size that is no number", "ZZ\r\n" + NOTE + "\r\n" + LAST_CHUNK),
                chunk("a chunk's size below 0", "-1\r\n" + NOTE + "\r\n" + LAST_CHUNK),
                chunk("a chunk's size with 0x", "0x" + CHUNK + LAST_CHUNK),
                chunk("a chunk's size that overflows", "ffffffffffffffff\r\n" + NOTE + "\r\n" + LAST_CHUNK),
                chunk("a chunk's size of 33 bits", "1000000" + size + "\r\n" + NOTE + "\r\n" + LAST_CHUNK),
                chunk("a chunk's size that ends in LF", size + "\n" + NOTE + "\r\n" + LAST_CHUNK),
                chunk("a chunk without its CRLF", size + "\r\n" + NOTE + "XX" + LAST_CHUNK));
    }

    private static Row field(String name, String line) {
        return refused(name, POST + line + "Content-Length: " + LENGTH + "\r\n\r\n" + NOTE);
    }

    private static List<Row> fields() {
        return List.of(
                field("a folded field", "X-A: b\r\n c\r\n"),
                field("a field that ends in LF", "X-A: b\nX-B: c\r\n"),
                field("a CR within a value", "X-A: b\rX-B: c\r\n"),
                field("a NUL within a value", "X-A: b\0c\r\n"),
                field("a NUL within a name", "X-\0A: b\r\n"),
                field("a blank within a name", "X A: b\r\n"),
                field("a name of nothing", ": b\r\n"),
                field("no colon", "X-A\r\n"),
                field("a second Host", "Host: localhost\r\n"),
                refused("no Host", "GET /observe/health/live HTTP/1.1\r\nX-A: b\r\n\r\n"),
                row(
                        "fields of 20 KiB",
                        get("/observe/health/live", "HTTP/1.1", "Host: x", "X-A: " + "a".repeat(20 << 10)),
                        List.of(431)),
                row(
                        "300 fields",
                        get(
                                "/observe/health/live",
                                "HTTP/1.1",
                                "Host: x",
                                "X-A: 1234567890123456789012345678901234567890123456789012345678901234567890\r\n"
                                                .repeat(300)
                                        + "X-B: c"),
                        List.of(431)),
                either(
                        "lines that end in LF",
                        get("/observe/health/live", "HTTP/1.1", "Host: x").replace("\r\n", "\n"),
                        List.of(400),
                        List.of()),
                refused(
                        "lines that end in CR",
                        get("/observe/health/live", "HTTP/1.1", "Host: x").replace("\r\n", "\r")));
    }

    private static List<Row> targets() {
        String[] targets = {
            "x",
            "http://127.0.0.1/observe/health/live",
            "evil.example:443",
            "*",
            "?x",
            "/a|b",
            "/a{b}",
            "/a\"b",
            "/a<b>",
            "/a^b",
            "/a`b",
            "/a\\b",
            "/a%",
            "/a%4",
            "/a%zz",
            "/a#b",
            "/a\u0001b",
            "/\u00e4",
            "/..",
            "/../etc/passwd",
            "/./observe/health/live",
            "/%2e%2e/x",
            "/.%2E/x",
            "//observe/health/live",
            "/observe//health/live",
            "/observe/health/live;a=b",
            "/observe/health/l%69ve",
            "/a%2db"
        };
        return Stream.of(targets)
                .map(target ->
                        refused("the target " + Printable.of(target), get(target, "HTTP/1.1", "Host: 127.0.0.1")))
                .toList();
    }

    private static List<Row> versions() {
        String live = "/observe/health/live";
        return List.of(
                new Row("HTTP/1.0", Set.of(List.of(200)), get(live, "HTTP/1.0", "X-A: b")),
                new Row(
                        "HTTP/1.0 with a body",
                        Set.of(List.of(202)),
                        POST.replace("1.1", "1.0") + "Content-Length: " + LENGTH + "\r\n\r\n" + NOTE),
                new Row(
                        "HTTP/1.0 without Host",
                        Set.of(List.of(200)),
                        get("/api/v1/push/status", "HTTP/1.0", "X-A: b")),
                refusedVersion("HTTP/0.9"),
                refusedVersion("HTTP/2.0"),
                refusedVersion("HTTP/9.9"),
                refusedVersion("http/1.1"),
                refusedVersion("HTTP/11"),
                refusedVersion(""),
                row("a method in lower case", get(live, "HTTP/1.1", "Host: x").replace("GET", "get"), List.of(501)),
                row("an unknown method", get(live, "HTTP/1.1", "Host: x").replace("GET", "FROB"), List.of(501)),
                refused(
                        "a method with a control character",
                        get(live, "HTTP/1.1", "Host: x").replace("GET", "G\u0001T")));
    }

    private static Row refusedVersion(String version) {
        return new Row(
                "the version " + Printable.of(version),
                Set.of(List.of(400), List.of(505)),
                get("/observe/health/live", version, "Host: 127.0.0.1") + NEXT);
    }
}

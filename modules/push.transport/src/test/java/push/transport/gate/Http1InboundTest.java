package push.transport.gate;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http1InboundTest {

    private static final String HOST = "Host: h\r\n";

    /** The result of some bytes: the requests that Helidon would read, and the refusal. */
    private record Outcome(List<String> requests, int refusal) {}

    /** The requests as Helidon reads them, with reassembled bodies. */
    private static final class Reading {

        private final List<String> requests = new ArrayList<>();
        private boolean chunked;

        void add(byte[] piece, boolean isHead) {
            String text = new String(piece, StandardCharsets.ISO_8859_1);
            if (isHead) {
                chunked = text.contains("transfer-encoding: chunked");
                requests.add(text);
            } else {
                String data = chunked ? text.substring(text.indexOf("\r\n") + 2, text.length() - 2) : text;
                requests.add(requests.removeLast() + data);
            }
        }
    }

    private static Outcome read(List<byte[]> pieces) {
        Http1Inbound inbound = new Http1Inbound(Http1Limits.defaults());
        Reading reading = new Reading();
        try {
            for (byte[] piece : pieces) {
                inbound.add(piece.clone());
                boolean inBody = inbound.isInBody();
                for (byte[] next = inbound.next(); next != null; next = inbound.next()) {
                    reading.add(next, !inBody);
                    inBody = inbound.isInBody();
                }
            }
            return new Outcome(reading.requests, 0);
        } catch (Refusal e) {
            return new Outcome(reading.requests, e.problem().status());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> cut(byte[] bytes, int... cuts) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int to : cuts) {
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
        return pieces;
    }

    private static List<byte[]> bytewise(byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte b : bytes) {
            pieces.add(new byte[] {b});
        }
        return pieces;
    }

    /** Reads the bytes at once, one by one, and split at each place, with equal results. */
    private static Outcome everyWay(String text) {
        byte[] bytes = bytes(text);
        Outcome whole = read(List.of(bytes));
        assertEquals(whole, read(bytewise(bytes)), "byte by byte");
        for (int at = 1; at < bytes.length; at++) {
            int cut = at;
            assertEquals(whole, read(cut(bytes, at)), () -> "cut at " + cut);
        }
        return whole;
    }

    @Test
    void passesOnPipelinedRequests() {
        Outcome outcome = everyWay("GET /a HTTP/1.1\r\n" + HOST + "\r\n\r\n\r\n" + "POST /b HTTP/1.1\r\n" + HOST
                + "Content-Length: 3\r\n\r\nabc\r\nPOST /c HTTP/1.1\r\n" + HOST + "transfer-ENCODING: Chunked\r\n\r\n"
                + "0003;x=\"y\"\r\n\r\na\r\nA\r\n0123456789\r\n00\r\nX-Sum: 1\r\n\r\nHEAD /d HTTP/1.1\r\n" + HOST
                + "\r\n");
        assertEquals(
                new Outcome(
                        List.of(
                                "GET /a HTTP/1.1\r\nhost: h\r\n\r\n",
                                "POST /b HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nabc",
                                "POST /c HTTP/1.1\r\nhost: h\r\ntransfer-encoding: Chunked\r\n\r\n\r\na0123456789"
                                        .replace("Chunked", "chunked"),
                                "HEAD /d HTTP/1.1\r\nhost: h\r\n\r\n"),
                        0),
                outcome);
    }

    @Test
    void dropsConnectionFields() {
        Outcome outcome = everyWay(
                "GET / HTTP/1.1\r\n" + HOST + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABk\r\nTE: trailers\r\nKeep-Alive: 5\r\nProxy-Connection: x\r\nA:\t b \t\r\n\r\n");
        assertEquals(new Outcome(List.of("GET / HTTP/1.1\r\nhost: h\r\na: b\r\n\r\n"), 0), outcome);
    }

    @ParameterizedTest
    @CsvSource({"close", "'x, CLOSE'", "'Close ,x'"})
    void endsTheConnectionAfterARequestWithClose(String connection) {
        Outcome outcome = everyWay("GET / HTTP/1.1\r\n" + HOST + "Connection: " + connection + "\r\n\r\n");
        assertEquals(new Outcome(List.of("GET / HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n"), 0), outcome);
    }

    @Test
    void convertsARequestOfHttp10ToHttp11() {
        Outcome outcome = everyWay("GET / HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n");
        assertEquals(
                new Outcome(List.of("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"), 0), outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "get / HTTP/1.1|#| ~ 501",
                "BREW / HTTP/1.1|#| ~ 501",
                "TRACE / HTTP/1.1|#| ~ 501",
                "CONNECT a:1 HTTP/1.1|#| ~ 501",
                "PRI * HTTP/2.0|| ~ 505",
                "GET / HTTP/1.2|#| ~ 505",
                "GET / HTTP/0.9|#| ~ 505",
                "GET / http/1.1|#| ~ 400",
                "GET / HTTP/1.1 |#| ~ 400",
                "GET  / HTTP/1.1|#| ~ 400",
                "GET /| ~ 400",
                "GET\\t/\\tHTTP/1.1|| ~ 400",
                "G(T / HTTP/1.1|#| ~ 400",
                "GET /a b HTTP/1.1|#| ~ 400",
                "GET http://h/ HTTP/1.1|#| ~ 400",
                "GET /../a HTTP/1.1|#| ~ 400",
                "GET * HTTP/1.1|#| ~ 400",
                "GET / HTTP/1.1\\n#| ~ 400",
                "GET / HTTP/1.1|Host: h\\n\\n ~ 400",
                "GET / HTTP/1.1\\r#| ~ 400",
                "\\nGET / HTTP/1.1|#| ~ 400",
                "|||||GET / HTTP/1.1|#| ~ 400",
                "GET / HTTP/1.1|| ~ 400",
                "GET / HTTP/1.1|##| ~ 400",
                "GET / HTTP/1.0|##| ~ 400",
                "GET / HTTP/1.1|#a: b| c|| ~ 400",
                "GET / HTTP/1.1| #| ~ 400",
                "GET / HTTP/1.1|#a : b|| ~ 400",
                "GET / HTTP/1.1|#: b|| ~ 400",
                "GET / HTTP/1.1|#ab|| ~ 400",
                "GET / HTTP/1.1|#a b: c|| ~ 400",
                "GET / HTTP/1.1|#a: \\0|| ~ 400",
                "GET / HTTP/1.1|#a: \\1|| ~ 400",
                "GET / HTTP/1.1|#a: \\7|| ~ 400",
                "POST / HTTP/1.1|#Content-Length: 1|Content-Length: 1|| ~ 400",
                "POST / HTTP/1.1|#Content-Length: 1, 1|| ~ 400",
                "POST / HTTP/1.1|#Content-Length: +1|| ~ 400",
                "POST / HTTP/1.1|#Content-Length: -1|| ~ 400",
                "POST / HTTP/1.1|#Content-Length: 0x1|| ~ 400",
                "POST / HTTP/1.1|#Content-Length: || ~ 400",
                "POST / HTTP/1.1|#Content-Length: 9223372036854775808|| ~ 400",
                "POST / HTTP/1.1|#Content-Length: 1|Transfer-Encoding: chunked|| ~ 400",
                "POST / HTTP/1.0|#Transfer-Encoding: chunked|| ~ 400",
                "POST / HTTP/1.1|#Transfer-Encoding: gzip, chunked|| ~ 400",
                "POST / HTTP/1.1|#Transfer-Encoding: chunked, chunked|| ~ 400",
                "POST / HTTP/1.1|#Transfer-Encoding: identity|| ~ 400",
                "POST / HTTP/1.1|#Transfer-Encoding: || ~ 400",
                "POST / HTTP/1.1|#Expect: more|| ~ 417",
                "\\3 ~ 400"
            })
    void refusesInvalidHeads(String request, int status) {
        Outcome outcome = everyWay(unescape(request));
        assertEquals(new Outcome(List.of(), status), outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "| ~ 400",
                "x| ~ 400",
                "-1| ~ 400",
                "+1| ~ 400",
                "0x1| ~ 400",
                "1 |a| ~ 400",
                "1\\n ~ 400",
                "1\\ra ~ 400",
                "100000000| ~ 400",
                "1|ab| ~ 400",
                "1|a\\n ~ 400",
                "1|a1| ~ 400",
                "1;\\0| ~ 400",
                "0|no colon|| ~ 400",
                "0| a: b|| ~ 400"
            })
    void refusesInvalidChunks(String chunks, int status) {
        Outcome outcome =
                everyWay("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + unescape(chunks));
        assertAll(() -> assertEquals(status, outcome.refusal), () -> assertEquals(1, outcome.requests.size()));
    }

    @Test
    void limitsHeads() {
        String line = "GET /" + "a".repeat(HeadLimits.REQUEST_LINE - 14) + " HTTP/1.1";
        String fields = HOST + "a: " + "b".repeat(HeadLimits.FIELDS - HOST.length() - 5) + "\r\n";
        assertAll(
                () -> assertEquals(0, read(List.of(bytes(line + "\r\n" + fields + "\r\n"))).refusal),
                () -> assertEquals(414, read(List.of(bytes("GET /a" + line.substring(5)))).refusal),
                () -> assertEquals(414, read(List.of(bytes("x".repeat(HeadLimits.REQUEST_LINE + 1)))).refusal),
                () -> assertEquals(431, read(List.of(bytes(line + "\r\na" + fields + "\r\n"))).refusal),
                () -> assertEquals(431, read(List.of(bytes(line + "\r\n" + "a:\r\n".repeat(5000)))).refusal));
    }

    @Test
    void limitsExtensionsAndTrailers() {
        String head = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
        assertAll(
                () -> assertEquals(400, read(List.of(bytes(head + "1;" + "x".repeat(20_000)))).refusal),
                () -> assertEquals(
                        400, read(List.of(bytes(head + "1;aaaaaaaaaaaaaaaa\r\na\r\n".repeat(5000)))).refusal),
                () -> assertEquals(431, read(List.of(bytes(head + "0\r\n" + "a: b\r\n".repeat(5000)))).refusal));
    }

    @Test
    void aRefusalHasTheRequestIdAndNoBodyForHead() {
        Http1Inbound inbound = new Http1Inbound(Http1Limits.defaults());
        inbound.add(bytes("HEAD //a HTTP/1.1\r\nX-Request-Id: mine\r\n" + HOST + "\r\n"));
        Refusal refusal = assertThrows(Refusal.class, inbound::next);
        assertAll(
                () -> assertEquals("mine", refusal.problem().requestId()),
                () -> assertEquals(false, refusal.withBody()));
    }

    /** Replaces a bar by a line end, and # by a Host line. */
    private static String unescape(String text) {
        return text.strip()
                .replace("#", HOST)
                .replace("|", "\r\n")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\1", "\1")
                .replace("\\7", "\177")
                .replace("\\3", "\26\3\1");
    }

    /** A valid request, and the form in which Helidon must read it. */
    record Sent(String wire, String read) {}

    @Provide
    Arbitrary<List<Sent>> pipelines() {
        Arbitrary<String> body =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(40);
        Arbitrary<Sent> plain = Arbitraries.of("GET", "HEAD", "DELETE", "OPTIONS")
                .map(method -> {
                    String head = method + " /p?q HTTP/1.1\r\n";
                    return new Sent(head + HOST + "\r\n", head + "host: h\r\n\r\n");
                });
        Arbitrary<Sent> withLength = body.map(text -> new Sent(
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + text.length() + "\r\n\r\n" + text,
                "POST / HTTP/1.1\r\nhost: h\r\ncontent-length: " + text.length() + "\r\n\r\n" + text));
        Arbitrary<Sent> chunked = body.filter(text -> !text.isEmpty())
                .list()
                .ofMaxSize(4)
                .map(texts -> {
                    StringBuilder chunks = new StringBuilder();
                    texts.forEach(text -> chunks.append("0")
                            .append(Integer.toHexString(text.length()))
                            .append("\r\n")
                            .append(text)
                            .append("\r\n"));
                    return new Sent(
                            "PUT / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n",
                            "PUT / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n" + String.join("", texts));
                });
        return Arbitraries.oneOf(plain, withLength, chunked).list().ofMinSize(1).ofMaxSize(5);
    }

    @Property(tries = 300)
    void splitsMakeNoDifference(@ForAll("pipelines") List<Sent> pipeline, @ForAll List<Integer> places) {
        byte[] wire = bytes(String.join("", pipeline.stream().map(Sent::wire).toList()));
        int[] cuts = places.stream()
                .mapToInt(place -> Math.floorMod(place, wire.length))
                .sorted()
                .toArray();
        List<String> expected = pipeline.stream().map(Sent::read).toList();
        assertEquals(new Outcome(expected, 0), read(cut(wire, cuts)));
    }
}

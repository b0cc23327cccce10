package conformance.hostile;

import static conformance.hostile.Exchange.STREAM;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Requests that are malformed according to RFC 9113, section 8. Each ends only its own stream. */
final class MalformedRequests {

    private static final String LIVE = "/observe/health/live";
    private static final String NOTIFICATIONS = "/api/v1/notifications";
    private static final String FIELDS = "RFC 9113, 8.2";
    private static final String PSEUDO = "RFC 9113, 8.3";
    private static final String BODIES = "RFC 9113, 8.1.1";
    private static final String TARGETS = "targets";

    private MalformedRequests() {}

    static Stream<Exchange> all() {
        return Stream.of(fields(), pseudoHeaders(), bodies(), targets(), limits())
                .flatMap(List::stream);
    }

    private static HeaderBlock withAuthority(String authority) {
        return new HeaderBlock()
                .pseudo(":method", "GET")
                .pseudo(":scheme", "http")
                .pseudo(":path", LIVE)
                .pseudo(":authority", authority);
    }

    private static HeaderBlock get() {
        return HeaderBlock.get(LIVE);
    }

    private static Exchange malformed(String section, String name, HeaderBlock block) {
        return Exchange.headers(section, name, Expected.malformed(), block);
    }

    private static List<Exchange> fields() {
        List<Exchange> all = new ArrayList<>();
        String[] names = {"X-Upper", "x upper", "x\0y", "x\ny", "x\u007fy", "x:y", "", "x\u00e4"};
        for (String name : names) {
            all.add(malformed(FIELDS, "the name " + Printable.of(name), get().with(name, "a")));
            all.add(malformed(FIELDS, "gRPC, the name " + Printable.of(name), grpc().with(name, "a")));
        }
        String[] values = {"a\0b", "a\rb", "a\nb", "a\r\nx: y", " a", "a ", "\ta"};
        for (String value : values) {
            all.add(malformed(FIELDS, "the value " + Printable.of(value), get().with("x-a", value)));
            all.add(malformed(FIELDS, "gRPC, the value " + Printable.of(value), grpc().with("x-a", value)));
        }
        String[] connectionFields = {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"};
        for (String name : connectionFields) {
            all.add(malformed(FIELDS, name, get().with(name, "close")));
            all.add(malformed(FIELDS, "gRPC, " + name, grpc().with(name, "close")));
        }
        all.add(malformed(FIELDS, "te: gzip", get().with("te", "gzip")));
        all.add(malformed(FIELDS, "te: trailers, gzip", get().with("te", "trailers, gzip")));
        return all;
    }

    private static HeaderBlock grpc() {
        return HeaderBlock.grpc("/grpc.health.v1.Health/Check");
    }

    private static List<Exchange> pseudoHeaders() {
        HeaderBlock methodOnly = new HeaderBlock().pseudo(":method", "GET");
        HeaderBlock late = new HeaderBlock()
                .pseudo(":method", "GET")
                .pseudo(":scheme", "http")
                .with("x-a", "b");
        HeaderBlock noMethod = new HeaderBlock().pseudo(":scheme", "http").pseudo(":path", LIVE);
        HeaderBlock noScheme = new HeaderBlock().pseudo(":method", "GET").pseudo(":path", LIVE);
        HeaderBlock noPath = new HeaderBlock().pseudo(":method", "GET").pseudo(":scheme", "http");
        return List.of(
                malformed(PSEUDO, "nothing but :method", methodOnly),
                malformed(PSEUDO, "no field at all", new HeaderBlock()),
                malformed(PSEUDO, "no :method", noMethod),
                malformed(PSEUDO, "no :scheme", noScheme),
                malformed(PSEUDO, "no :path", noPath),
                malformed(PSEUDO, ":path behind a field", late.pseudo(":path", LIVE)),
                malformed(PSEUDO, ":path twice", get().pseudo(":path", "/x")),
                malformed(PSEUDO, ":method twice", get().pseudo(":method", "GET")),
                malformed(PSEUDO, ":scheme twice", get().pseudo(":scheme", "http")),
                malformed(PSEUDO, ":authority twice", get().pseudo(":authority", "127.0.0.1")),
                malformed(
                        PSEUDO,
                        "unknown :foo",
                        new HeaderBlock().with(":foo", "a").raw(bytes(get()))),
                malformed(
                        PSEUDO,
                        ":status in a request",
                        new HeaderBlock().with(":status", "200").raw(bytes(get()))),
                malformed(
                        PSEUDO,
                        ":protocol in a request",
                        new HeaderBlock().with(":protocol", "x").raw(bytes(get()))),
                malformed(PSEUDO, "an empty :method", HeaderBlock.request("", LIVE)),
                malformed(PSEUDO, "a :method with a blank", HeaderBlock.request("G T", LIVE)),
                malformed(PSEUDO, "an empty :authority", withAuthority("")),
                malformed(
                        PSEUDO,
                        "an empty :authority, and an empty host",
                        withAuthority("").with("host", "")),
                malformed(PSEUDO, "a :method with a control character", HeaderBlock.request("G\u0001T", LIVE)),
                malformed(PSEUDO, "two differing hosts", get().with("host", "localhost")),
                new Exchange(
                        FIELDS,
                        "connection in the trailers",
                        Expected.malformed(),
                        peer -> peer.headers(STREAM, 0, HeaderBlock.json(NOTIFICATIONS))
                                .headers(STREAM, Http2Frame.END_STREAM, new HeaderBlock().with("connection", "close"))),
                new Exchange(
                        PSEUDO,
                        ":path in the trailers",
                        Expected.malformed(),
                        peer -> peer.headers(STREAM, 0, HeaderBlock.json(NOTIFICATIONS))
                                .headers(STREAM, Http2Frame.END_STREAM, new HeaderBlock().pseudo(":path", "/x"))),
                Exchange.headers("contract", "get as a method", Expected.status(501), HeaderBlock.request("get", LIVE)),
                Exchange.headers(
                        "contract", "an unknown method", Expected.status(501), HeaderBlock.request("FROB", LIVE)));
    }

    private static int[] bytes(HeaderBlock block) {
        byte[] bytes = block.bytes();
        int[] octets = new int[bytes.length];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = bytes[i] & 0xff;
        }
        return octets;
    }

    private static Exchange body(String name, String contentLength, String body) {
        return new Exchange(
                BODIES,
                name,
                Expected.malformed(),
                peer -> peer.headers(STREAM, 0, HeaderBlock.json(NOTIFICATIONS).with("content-length", contentLength))
                        .lastData(STREAM, body));
    }

    private static List<Exchange> bodies() {
        HeaderBlock lies = HeaderBlock.json(NOTIFICATIONS).with("content-length", "5");
        return List.of(
                body("content-length says less", "1", "{}"),
                body("content-length says more", "3", "{}"),
                body("content-length is negative", "-2", "{}"),
                body("content-length is a word", "two", "{}"),
                body("content-length is signed", "+2", "{}"),
                body("content-length is empty", "", "{}"),
                body("content-length overflows", "18446744073709551618", "{}"),
                Exchange.headers(BODIES, "content-length without a body", Expected.malformed(), lies),
                new Exchange(
                        BODIES,
                        "two content-lengths",
                        Expected.malformed(),
                        peer -> peer.headers(
                                        STREAM,
                                        0,
                                        HeaderBlock.json(NOTIFICATIONS)
                                                .with("content-length", "2")
                                                .with("content-length", "3"))
                                .lastData(STREAM, "{}")),
                new Exchange(
                        BODIES,
                        "trailers that do not end the stream",
                        Expected.malformed(),
                        peer -> peer.headers(STREAM, 0, HeaderBlock.json(NOTIFICATIONS))
                                .headers(STREAM, 0, new HeaderBlock().with("x-a", "b"))));
    }

    private static List<Exchange> targets() {
        String[] targets = {
            "x",
            "http://127.0.0.1/observe/health/live",
            "127.0.0.1:80",
            "*",
            "",
            " ",
            "/a b",
            "/a|b",
            "/a{b",
            "/a}b",
            "/a\"b",
            "/a<b",
            "/a>b",
            "/a^b",
            "/a`b",
            "/a\\b",
            "/a%",
            "/a%4",
            "/a%zz",
            "/a?b|c",
            "/a?%",
            "/a#b",
            "/a\0b",
            "/a\u007fb",
            "/\u00e4",
            "/../observe/health/live",
            "/observe/./health/live",
            "/observe/..",
            "/%2e%2e/observe/health/live",
            "/.%2E/x",
            "/%2e/x",
            "//observe/health/live",
            "/observe//health/live",
            "/observe/health/live;a=b",
            "/observe/health/l%69ve",
            "/%7euser",
            "/a%2db"
        };
        return Stream.of(targets)
                .map(target -> malformed(TARGETS, Printable.of(target), HeaderBlock.get(target)))
                .toList();
    }

    private static List<Exchange> limits() {
        HeaderBlock many = get();
        for (int i = 0; i < 200; i++) {
            many.with("x-" + i, "v".repeat(60));
        }
        return List.of(
                Exchange.headers(
                        "limits",
                        "a field of 16 KiB",
                        Expected.status(431),
                        get().with("x-a", "a".repeat(16_000 + 384))),
                Exchange.headers("limits", "200 fields of 92 bytes", Expected.status(431), many),
                Exchange.headers(
                        "limits",
                        "20 references to a field of 1,000 bytes",
                        Expected.status(431),
                        get().remembered("x-bomb", "b".repeat(1_000)).reference(62, 20)),
                Exchange.headers(
                        "limits", "12 KiB of fields", Expected.status(200), get().with("x-a", "a".repeat(12_000))));
    }
}

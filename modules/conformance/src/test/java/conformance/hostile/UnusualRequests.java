package conformance.hostile;

import static conformance.hostile.Exchange.STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.stream.Stream;

/** Rare but valid requests. A hub that refuses one of them excludes legitimate clients. */
final class UnusualRequests {

    private static final String LIVE = "/observe/health/live";
    private static final Expected SERVED = Expected.status(200);

    private UnusualRequests() {}

    static Stream<Exchange> all() {
        byte[] block = HeaderBlock.get(LIVE).bytes();
        return Stream.of(
                served("pseudo-headers by name", literal()),
                served("pseudo-headers by name, remembered", remembered()),
                served(
                        "a name and a value by Huffman's code",
                        HeaderBlock.get(LIVE)
                                .raw(
                                        0x40, 0x88, 0x25, 0xa8, 0x49, 0xe9, 0x5b, 0xa9, 0x7d, 0x7f, 0x89, 0x25, 0xa8,
                                        0x49, 0xe9, 0x5b, 0xb8, 0xe8, 0xb4, 0xbf)),
                served(
                        "a field that must never be indexed",
                        HeaderBlock.get(LIVE).raw(0x10, 0x01, 'a', 0x01, 'b')),
                served("a table size update", new HeaderBlock().raw(0x20).raw(octets(block))),
                served(
                        "two table size updates",
                        new HeaderBlock().raw(0x20, 0x3f, 0xe1, 0x1f).raw(octets(block))),
                served("te: trailers", HeaderBlock.get(LIVE).with("te", "trailers")),
                served("te: Trailers", HeaderBlock.get(LIVE).with("te", "Trailers")),
                served(
                        "te: trailers twice",
                        HeaderBlock.get(LIVE).with("te", "trailers").with("te", "trailers")),
                served("a HEAD", HeaderBlock.request("HEAD", LIVE)),
                served(
                        "a cookie in crumbs",
                        HeaderBlock.get(LIVE).with("cookie", "a=b").with("cookie", "c=d")),
                served("an empty value", HeaderBlock.get(LIVE).with("x-a", "")),
                served("a value in ISO 8859-1", HeaderBlock.get(LIVE).with("x-a", "\u00e4")),
                served("a query", HeaderBlock.get(LIVE + "?a=b&c=%20%2f/?:@")),
                new Exchange("RFC 9113, 6.10", "a block in pieces of one byte", SERVED, peer -> pieces(peer, block)),
                new Exchange(
                        "RFC 9113, 6.2", "HEADERS with padding and priority", SERVED, peer -> peer.send(padded(block))),
                new Exchange("RFC 9113, 6.1", "DATA with padding", Expected.status(202), UnusualRequests::paddedData),
                new Exchange(
                        "RFC 9113, 8.1",
                        "trailers behind a body",
                        Expected.status(202),
                        peer -> peer.headers(STREAM, 0, HeaderBlock.json("/api/v1/notifications"))
                                .data(STREAM, 0, Http1Table.NOTE.getBytes(UTF_8))
                                .headers(STREAM, Http2Frame.END_STREAM, new HeaderBlock().with("x-checksum", "1"))),
                new Exchange(
                        "RFC 9113, 8.1",
                        "a request without a body that ends with an empty DATA frame, as Node sends it",
                        SERVED,
                        peer -> peer.headers(STREAM, 0, HeaderBlock.get(LIVE)).data(STREAM, Http2Frame.END_STREAM)),
                new Exchange(
                        "RFC 9113, 6.1",
                        "an empty DATA frame that ends it",
                        Expected.status(400),
                        peer -> peer.headers(STREAM, 0, HeaderBlock.json("/api/v1/notifications"))
                                .data(STREAM, Http2Frame.END_STREAM)));
    }

    private static Exchange served(String name, HeaderBlock block) {
        return Exchange.headers("RFC 7541", name, SERVED, block);
    }

    private static HeaderBlock literal() {
        return new HeaderBlock()
                .with(":method", "GET")
                .with(":scheme", "http")
                .with(":path", LIVE)
                .with(":authority", "127.0.0.1");
    }

    private static HeaderBlock remembered() {
        return new HeaderBlock()
                .remembered(":method", "GET")
                .remembered(":scheme", "http")
                .remembered(":path", LIVE)
                .remembered(":authority", "127.0.0.1");
    }

    private static void pieces(Http2Peer peer, byte[] block) throws IOException {
        peer.send(new Http2Frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, STREAM, block[0]));
        for (int i = 1; i < block.length; i++) {
            int flags = i == block.length - 1 ? Http2Frame.END_HEADERS : 0;
            peer.send(new Http2Frame(Http2Frame.CONTINUATION, flags, STREAM, block[i]));
        }
    }

    private static Http2Frame padded(byte[] block) {
        byte[] payload = new byte[1 + 5 + block.length + 7];
        payload[0] = 7;
        System.arraycopy(block, 0, payload, 6, block.length);
        int flags = Http2Frame.END_HEADERS | Http2Frame.END_STREAM | Http2Frame.PADDED | Http2Frame.WITH_PRIORITY;
        return new Http2Frame(Http2Frame.HEADERS, flags, STREAM, payload);
    }

    private static void paddedData(Http2Peer peer) throws IOException {
        byte[] body = Http1Table.NOTE.getBytes(UTF_8);
        byte[] payload = new byte[1 + body.length + 200];
        payload[0] = (byte) 200;
        System.arraycopy(body, 0, payload, 1, body.length);
        peer.headers(STREAM, 0, HeaderBlock.json("/api/v1/notifications"))
                .data(STREAM, Http2Frame.END_STREAM | Http2Frame.PADDED, payload);
    }

    private static int[] octets(byte[] bytes) {
        int[] octets = new int[bytes.length];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = bytes[i] & 0xff;
        }
        return octets;
    }
}

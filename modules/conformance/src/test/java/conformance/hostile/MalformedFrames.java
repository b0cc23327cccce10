package conformance.hostile;

import static conformance.hostile.Exchange.STREAM;
import static conformance.hostile.Expected.COMPRESSION_ERROR;
import static conformance.hostile.Expected.FLOW_CONTROL_ERROR;
import static conformance.hostile.Expected.FRAME_SIZE_ERROR;
import static conformance.hostile.Expected.PROTOCOL_ERROR;
import static conformance.hostile.Expected.STREAM_CLOSED;
import static conformance.hostile.Expected.connectionError;
import static conformance.hostile.Expected.ignored;
import static conformance.hostile.Http2Frame.CONTINUATION;
import static conformance.hostile.Http2Frame.DATA;
import static conformance.hostile.Http2Frame.END_HEADERS;
import static conformance.hostile.Http2Frame.END_STREAM;
import static conformance.hostile.Http2Frame.GOAWAY;
import static conformance.hostile.Http2Frame.HEADERS;
import static conformance.hostile.Http2Frame.PADDED;
import static conformance.hostile.Http2Frame.PING;
import static conformance.hostile.Http2Frame.PRIORITY;
import static conformance.hostile.Http2Frame.PUSH_PROMISE;
import static conformance.hostile.Http2Frame.RST_STREAM;
import static conformance.hostile.Http2Frame.SETTINGS;
import static conformance.hostile.Http2Frame.WINDOW_UPDATE;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Frames that violate RFC 9113, sections 4 to 6, frames that only look wrong, and blocks that violate RFC 7541. */
final class MalformedFrames {

    private static final String LIVE = "/observe/health/live";
    private static final int MAX_WINDOW = Integer.MAX_VALUE;
    private static final int FAR = 99;

    private MalformedFrames() {}

    static Stream<Exchange> all() {
        return Stream.of(compression(), sizes(), states(), streamless(), windows(), continuations())
                .flatMap(List::stream);
    }

    private static Http2Frame get(int stream) {
        return new Http2Frame(
                HEADERS, END_HEADERS | END_STREAM, stream, HeaderBlock.get(LIVE).bytes());
    }

    private static Exchange block(String name, int... octets) {
        HeaderBlock block = HeaderBlock.get(LIVE).raw(octets);
        return Exchange.headers("RFC 7541", name, connectionError(COMPRESSION_ERROR), block);
    }

    private static List<Exchange> compression() {
        return List.of(
                block("index 0", 0x80),
                block("an index beyond the table", 0xfe),
                block("an integer that overflows", 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
                block("an integer that is cut off", 0xff, 0x80),
                block("a name that is cut off", 0x00, 0x05, 'a'),
                block("a value that is cut off", 0x00, 0x01, 'a', 0x7f, 0xff, 0x01, 'b'),
                block("a field without its value", 0x00, 0x01, 'a'),
                block("Huffman's end of string", 0x00, 0x84, 0xff, 0xff, 0xff, 0xff, 0x01, 'a'),
                block("Huffman's padding too long", 0x00, 0x01, 'a', 0x82, 0x1f, 0xff),
                block("Huffman's padding not of ones", 0x00, 0x01, 'a', 0x81, 0x18),
                block("a table size update behind a field", 0x20),
                Exchange.headers(
                        "RFC 7541",
                        "a table size update beyond the settings",
                        connectionError(COMPRESSION_ERROR),
                        new HeaderBlock().raw(0x3f, 0xe2, 0xff, 0x03)));
    }

    private static List<Exchange> sizes() {
        Expected wrongSize = connectionError(FRAME_SIZE_ERROR);
        return List.of(
                new Exchange(
                        "RFC 9113, 4.2",
                        "DATA beyond the maximum",
                        Expected.either(Expected.reset(FRAME_SIZE_ERROR), wrongSize),
                        peer -> peer.headers(STREAM, 0, HeaderBlock.json("/api/v1/notifications"))
                                .data(STREAM, 0, new byte[16_385])),
                Exchange.frame(
                        "RFC 9113, 4.2",
                        "HEADERS beyond the maximum",
                        wrongSize,
                        new Http2Frame(HEADERS, 0, STREAM, new byte[16_385])),
                Exchange.frame(
                        "RFC 9113, 6.4",
                        "RST_STREAM of 3 bytes",
                        wrongSize,
                        new Http2Frame(RST_STREAM, 0, 1, new byte[3])),
                Exchange.frame(
                        "RFC 9113, 6.5", "SETTINGS of 5 bytes", wrongSize, new Http2Frame(SETTINGS, 0, 0, new byte[5])),
                Exchange.frame(
                        "RFC 9113, 6.5",
                        "SETTINGS acknowledged with a value",
                        wrongSize,
                        new Http2Frame(SETTINGS, Http2Frame.ACK, 0, new byte[6])),
                Exchange.frame("RFC 9113, 6.7", "PING of 7 bytes", wrongSize, new Http2Frame(PING, 0, 0, new byte[7])),
                Exchange.frame(
                        "RFC 9113, 6.9",
                        "WINDOW_UPDATE of 3 bytes",
                        wrongSize,
                        new Http2Frame(WINDOW_UPDATE, 0, 0, new byte[3])),
                Exchange.frame(
                        "RFC 9113, 6.8", "GOAWAY of 3 bytes", wrongSize, new Http2Frame(GOAWAY, 0, 0, new byte[3])),
                Exchange.frame(
                        "RFC 9113, 6.1",
                        "DATA with more padding than bytes",
                        connectionError(PROTOCOL_ERROR),
                        new Http2Frame(DATA, PADDED, 1, (byte) 9, (byte) 0)),
                Exchange.frame(
                        "RFC 9113, 6.2",
                        "HEADERS with more padding than bytes",
                        connectionError(PROTOCOL_ERROR),
                        new Http2Frame(HEADERS, PADDED | END_HEADERS, STREAM, (byte) 9, (byte) 0)),
                Exchange.frame(
                        "RFC 9113, 6.2",
                        "HEADERS without their padding's length",
                        connectionError(FRAME_SIZE_ERROR, PROTOCOL_ERROR),
                        new Http2Frame(HEADERS, PADDED | END_HEADERS, STREAM)),
                Exchange.frame(
                        "RFC 9113, 6.2",
                        "HEADERS with half a priority",
                        connectionError(FRAME_SIZE_ERROR, PROTOCOL_ERROR),
                        new Http2Frame(HEADERS, Http2Frame.WITH_PRIORITY | END_HEADERS, STREAM, (byte) 0)),
                Exchange.frame(
                        "RFC 9113, 4.1",
                        "a frame of an unknown type",
                        ignored(),
                        new Http2Frame(0x77, 0xff, 1, (byte) 1, (byte) 2)));
    }

    private static List<Exchange> states() {
        Expected wrong = connectionError(PROTOCOL_ERROR);
        return List.of(
                Exchange.frame(
                        "RFC 9113, 5.1", "DATA on an idle stream", wrong, new Http2Frame(DATA, 0, FAR, (byte) 1)),
                Exchange.frame(
                        "RFC 9113, 5.1",
                        "RST_STREAM on an idle stream",
                        wrong,
                        Http2Frame.ofNumber(RST_STREAM, FAR, 8)),
                Exchange.frame(
                        "RFC 9113, 5.1",
                        "WINDOW_UPDATE on an idle stream",
                        wrong,
                        Http2Frame.ofNumber(WINDOW_UPDATE, FAR, 1)),
                Exchange.frame("RFC 9113, 5.1.1", "a stream of an even number", wrong, get(2)),
                new Exchange(
                        "RFC 9113, 5.1.1",
                        "a number that goes back",
                        connectionError(PROTOCOL_ERROR, STREAM_CLOSED),
                        peer -> peer.send(get(9), get(5))),
                new Exchange(
                        "RFC 9113, 5.1",
                        "DATA behind the end of a request",
                        Expected.reset(STREAM_CLOSED),
                        peer -> peer.subscribed(STREAM, "more-" + System.nanoTime())
                                .data(STREAM, 0, (byte) 1)),
                new Exchange(
                        "RFC 9113, 5.1",
                        "RST_STREAM on a stream that has ended",
                        ignored(),
                        peer -> ended(peer).reset(STREAM)),
                new Exchange("RFC 9113, 5.1", "RST_STREAM on an older stream that has ended", ignored(), peer -> {
                    ended(peer).send(get(5));
                    peer.observe(5);
                    peer.reset(STREAM).reset(5).reset(STREAM);
                }),
                new Exchange(
                        "RFC 9113, 5.1",
                        "WINDOW_UPDATE on a stream that has ended",
                        ignored(),
                        peer -> ended(peer).send(Http2Frame.ofNumber(WINDOW_UPDATE, STREAM, 100))),
                new Exchange(
                        "RFC 9113, 5.1",
                        "PRIORITY on a stream that has ended",
                        ignored(),
                        peer -> ended(peer).send(new Http2Frame(PRIORITY, 0, STREAM, new byte[] {0, 0, 0, 0, 16}))),
                Exchange.frame(
                        "RFC 9113, 5.3",
                        "PRIORITY on an idle stream",
                        ignored(),
                        new Http2Frame(PRIORITY, 0, FAR, new byte[] {0, 0, 0, 0, 16})),
                new Exchange(
                        "RFC 9113, 5.1",
                        "a request that is reset at once",
                        ignored(),
                        peer -> peer.headers(STREAM, 0, HeaderBlock.json("/api/v1/notifications"))
                                .reset(STREAM)));
    }

    /** A request with a complete response. */
    private static Http2Peer ended(Http2Peer peer) throws IOException {
        peer.send(get(STREAM));
        peer.observe(STREAM);
        return peer;
    }

    private static List<Exchange> streamless() {
        Expected wrong = connectionError(PROTOCOL_ERROR);
        return List.of(
                Exchange.frame("RFC 9113, 6.1", "DATA without a stream", wrong, new Http2Frame(DATA, 0, 0, (byte) 1)),
                Exchange.frame("RFC 9113, 6.2", "HEADERS without a stream", wrong, get(0)),
                Exchange.frame(
                        "RFC 9113, 6.3",
                        "PRIORITY without a stream",
                        wrong,
                        new Http2Frame(PRIORITY, 0, 0, new byte[5])),
                Exchange.frame(
                        "RFC 9113, 6.4", "RST_STREAM without a stream", wrong, Http2Frame.ofNumber(RST_STREAM, 0, 8)),
                Exchange.frame("RFC 9113, 6.5", "SETTINGS of a stream", wrong, new Http2Frame(SETTINGS, 0, 1)),
                Exchange.frame(
                        "RFC 9113, 6.6",
                        "PUSH_PROMISE from a client",
                        wrong,
                        new Http2Frame(PUSH_PROMISE, END_HEADERS, 1, new byte[] {0, 0, 0, 2})),
                Exchange.frame("RFC 9113, 6.7", "PING of a stream", wrong, new Http2Frame(PING, 0, 1, new byte[8])),
                Exchange.frame("RFC 9113, 6.8", "GOAWAY of a stream", wrong, new Http2Frame(GOAWAY, 0, 1, new byte[8])),
                Exchange.frame("RFC 9113, 6.5.2", "ENABLE_PUSH of 2", wrong, Http2Frame.settings(2, 2)),
                Exchange.frame("RFC 9113, 6.5.2", "MAX_FRAME_SIZE of 1", wrong, Http2Frame.settings(5, 1)),
                Exchange.frame("RFC 9113, 6.5.2", "MAX_FRAME_SIZE of 2^24", wrong, Http2Frame.settings(5, 1 << 24)),
                Exchange.frame(
                        "RFC 9113, 6.5.2",
                        "INITIAL_WINDOW_SIZE of 2^31",
                        connectionError(FLOW_CONTROL_ERROR),
                        Http2Frame.settings(4, 1 << 31)),
                Exchange.frame("RFC 9113, 6.5.2", "an unknown setting", ignored(), Http2Frame.settings(0x77, 1)));
    }

    private static List<Exchange> windows() {
        return List.of(
                Exchange.frame(
                        "RFC 9113, 6.9",
                        "WINDOW_UPDATE of 0 for the connection",
                        connectionError(PROTOCOL_ERROR),
                        Http2Frame.ofNumber(WINDOW_UPDATE, 0, 0)),
                Exchange.frame(
                        "RFC 9113, 6.9.1",
                        "the connection's window beyond 2^31-1",
                        connectionError(FLOW_CONTROL_ERROR),
                        Http2Frame.ofNumber(WINDOW_UPDATE, 0, MAX_WINDOW)),
                new Exchange(
                        "RFC 9113, 6.9",
                        "WINDOW_UPDATE of 0 for a push stream",
                        Expected.reset(PROTOCOL_ERROR),
                        peer -> peer.subscribed(STREAM, "zero-" + System.nanoTime())
                                .send(Http2Frame.ofNumber(WINDOW_UPDATE, STREAM, 0))),
                new Exchange(
                        "RFC 9113, 6.9.1",
                        "a push stream's window beyond 2^31-1",
                        Expected.reset(FLOW_CONTROL_ERROR),
                        peer -> peer.subscribed(STREAM, "wide-" + System.nanoTime())
                                .send(Http2Frame.ofNumber(WINDOW_UPDATE, STREAM, MAX_WINDOW))),
                new Exchange(
                        "RFC 9113, 6.9.2",
                        "a new INITIAL_WINDOW_SIZE that takes a window beyond 2^31-1",
                        connectionError(FLOW_CONTROL_ERROR),
                        peer -> peer.send(
                                Http2Frame.ofNumber(WINDOW_UPDATE, 1, MAX_WINDOW - 65_535),
                                Http2Frame.settings(4, 65_536))));
    }

    private static List<Exchange> continuations() {
        byte[] block = HeaderBlock.get(LIVE).bytes();
        Expected wrong = connectionError(PROTOCOL_ERROR);
        Http2Frame open = new Http2Frame(HEADERS, END_STREAM, STREAM, block);
        return List.of(
                Exchange.frame(
                        "RFC 9113, 6.10",
                        "CONTINUATION alone",
                        wrong,
                        new Http2Frame(CONTINUATION, END_HEADERS, STREAM)),
                new Exchange(
                        "RFC 9113, 6.10",
                        "CONTINUATION behind END_HEADERS",
                        wrong,
                        peer -> peer.send(get(STREAM), new Http2Frame(CONTINUATION, END_HEADERS, STREAM))),
                new Exchange(
                        "RFC 9113, 6.10",
                        "CONTINUATION of another stream",
                        wrong,
                        peer -> peer.send(open, new Http2Frame(CONTINUATION, END_HEADERS, 5))),
                new Exchange(
                        "RFC 9113, 6.10",
                        "PING within a header block",
                        wrong,
                        peer -> peer.send(open, new Http2Frame(PING, 0, 0, new byte[8]))),
                new Exchange(
                        "RFC 9113, 6.10",
                        "an unknown frame within a header block",
                        wrong,
                        peer -> peer.send(open, new Http2Frame(0x77, 0, STREAM))),
                new Exchange(
                        "RFC 9113, 6.10", "HEADERS within a header block", wrong, peer -> peer.send(open, get(5))));
    }
}

package conformance.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import testing.Await;

/**
 * The hub does not keep a connection with an incomplete request forever, whether it sends nothing, stops in the middle,
 * or sends a byte from time to time. All tests together take no longer than the longest limit.
 */
class SilentConnectionsTest {

    private static final int INITIAL_WINDOW_SIZE = 4;

    /** More than the size of the witness's events in that time. */
    private static final int WIDE = 1 << 24;

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String POST =
            "POST /api/v1/notifications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

    /** The bytes that each connection has sent. */
    private static Map<String, byte[]> begun() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("nothing", new byte[0]);
        all.put("half a request line", text("GET /obs"));
        all.put("half a head", text(POST + "X-A: b"));
        all.put("half a body", text(POST + "Content-Length: 100000\r\n\r\n{"));
        all.put("half a chunk", text(POST + "Transfer-Encoding: chunked\r\n\r\n64\r\n{"));
        all.put("half a preface", text(Http2Peer.PREFACE.substring(0, 10)));
        all.put("half a frame", halfAFrame());
        all.put("half of TLS's hello", new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
        return all;
    }

    /** Half a DATA frame on a stream that was reset, so that only the frame itself is incomplete. */
    private static byte[] halfAFrame() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(text(Http2Peer.PREFACE));
        all.writeBytes(Http2Frame.settings().bytes());
        all.writeBytes(new Http2Frame(
                        Http2Frame.HEADERS,
                        Http2Frame.END_HEADERS,
                        1,
                        HeaderBlock.json("/nothing").bytes())
                .bytes());
        all.writeBytes(Http2Frame.ofNumber(Http2Frame.RST_STREAM, 1, 8).bytes());
        byte[] frame = new Http2Frame(Http2Frame.DATA, 0, 1, new byte[16_000]).bytes();
        all.write(frame, 0, 100);
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Streams with an incomplete message, beside a complete subscription and a complete health watch. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void onlyStreamsWithIncompleteRequestsEnd() throws Exception {
        try (Siege siege = new Siege("push: {}");
                Http2Peer peer = Http2Peer.connect(siege.port(), INITIAL_WINDOW_SIZE, WIDE)) {
            peer.send(Http2Frame.ofNumber(Http2Frame.WINDOW_UPDATE, 0, WIDE)).subscribed(1, "patient");
            byte[] empty = GrpcMessages.message();
            peer.headers(3, 0, HeaderBlock.grpc("/grpc.health.v1.Health/Watch")).data(3, Http2Frame.END_STREAM, empty);
            Map<Integer, HeaderBlock> incomplete = new LinkedHashMap<>();
            incomplete.put(5, HeaderBlock.grpc(HeaderBlock.SUBSCRIBE));
            incomplete.put(7, HeaderBlock.grpc("/grpc.health.v1.Health/Check"));
            incomplete.put(9, HeaderBlock.grpc("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"));
            incomplete.put(11, HeaderBlock.json("/api/v1/notifications"));
            for (Map.Entry<Integer, HeaderBlock> each : incomplete.entrySet()) {
                byte[] prefixOfLongMessage = {0, 0, 0, 0x40, 0};
                peer.headers(each.getKey(), 0, each.getValue()).data(each.getKey(), 0, prefixOfLongMessage);
            }
            Set<Integer> open = new LinkedHashSet<>(incomplete.keySet());
            Await.until("all incomplete requests are ended", LONGEST, () -> {
                for (int stream : open) {
                    peer.data(stream, 0, (byte) 'a'); // too little to count as progress
                }
                open.removeAll(ended(peer));
                return open.isEmpty();
            });
            Http1Peer.publish(siege.port(), "patient", "behind all of them");
            peer.awaitData(1, "behind all of them");
            assertThat(peer.observe(0).isAlive(), is(true));
            siege.survived("incomplete requests");
        }
    }

    /** Reads the frames that have arrived, and returns the streams that they end. */
    private static Set<Integer> ended(Http2Peer peer) throws IOException {
        Set<Integer> ended = new LinkedHashSet<>();
        byte[] marker = {0, 0, 0, 0, 0, 0, 0, 1};
        peer.send(new Http2Frame(Http2Frame.PING, 0, 0, marker));
        for (Http2Frame frame = peer.read(); !isAnswer(frame, marker); frame = peer.read()) {
            boolean mayEnd = frame.type() == Http2Frame.HEADERS || frame.type() == Http2Frame.DATA;
            if (frame.type() == Http2Frame.RST_STREAM || (mayEnd && frame.has(Http2Frame.END_STREAM))) {
                ended.add(frame.stream());
            }
        }
        return ended;
    }

    private static boolean isAnswer(Http2Frame frame, byte[] marker) {
        return frame.type() == Http2Frame.PING && frame.has(Http2Frame.ACK) && Arrays.equals(frame.payload(), marker);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void incompleteConnectionsAreClosed() throws Exception {
        try (Siege siege = new Siege("push: {}")) {
            List<String> open = new ArrayList<>();
            List<Http2Peer> peers = new ArrayList<>();
            for (Map.Entry<String, byte[]> each : begun().entrySet()) {
                for (byte drop : new byte[] {0, 'a'}) {
                    Http2Peer peer = Http2Peer.silent(siege.port()).send(each.getValue());
                    String name = each.getKey() + (drop == 0 ? "" : ", and a byte at a time");
                    open.add(name);
                    peers.add(peer);
                }
            }
            awaitClosed(open, peers);
            assertThat(open, empty());
            siege.survived("silent connections");
        }
    }

    private static void awaitClosed(List<String> open, List<Http2Peer> peers) throws Exception {
        try {
            Await.until("all are closed", LONGEST, () -> {
                for (int i = peers.size() - 1; i >= 0; i--) {
                    if (isClosed(peers.get(i), open.get(i).endsWith("a byte at a time"))) {
                        peers.remove(i).close();
                        open.remove(i);
                    }
                }
                return peers.isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError("still open: " + open, e);
        }
    }

    private static boolean isClosed(Http2Peer peer, boolean drips) {
        try {
            if (drips) {
                peer.send((byte) 'a');
            }
            return peer.isAtEnd();
        } catch (IOException e) {
            return true;
        }
    }
}

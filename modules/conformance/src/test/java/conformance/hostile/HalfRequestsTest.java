package conformance.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests without their last byte cannot fill the heap: together they hold no more than their budget. */
class HalfRequestsTest {

    private static final int REQUESTS = Integer.getInteger("hostile.requests", 200);
    private static final int LENGTH = 1_000_000;
    private static final int PIECE = 16_000;

    @RegisterExtension
    private static final SiegeExtension SIEGE = new SiegeExtension("requests that lack a byte");

    /** Each request announces 1 MB, and sends all but one byte. Over HTTP/2 this fits into the hub's windows. */
    enum Kind {
        HTTP1 {
            @Override
            void send(Http2Peer peer, byte[] piece) throws IOException {
                peer.send(head("Content-Length: " + LENGTH + "\r\n\r\n{"));
                for (int sent = 2; sent + PIECE < LENGTH; sent += PIECE) {
                    peer.send(piece);
                }
            }
        },
        HTTP1_CHUNKED {
            @Override
            void send(Http2Peer peer, byte[] piece) throws IOException {
                peer.send(head("Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(LENGTH) + "\r\n{"));
                for (int sent = 2; sent + PIECE < LENGTH; sent += PIECE) {
                    peer.send(piece);
                }
            }
        },
        HTTP2_JSON {
            @Override
            void send(Http2Peer peer, byte[] piece) throws IOException {
                frames(peer, HeaderBlock.json("/api/v1/notifications"), piece, "{".getBytes(ISO_8859_1));
            }
        },
        PUSH_REQUEST {
            @Override
            void send(Http2Peer peer, byte[] piece) throws IOException {
                frames(peer, HeaderBlock.grpc(HeaderBlock.SUBSCRIBE), piece, new byte[] {0, 0, 0x0f, 0x42, 0x40});
            }
        },
        HEALTH_CHECK {
            @Override
            void send(Http2Peer peer, byte[] piece) throws IOException {
                frames(peer, HeaderBlock.grpc("/grpc.health.v1.Health/Check"), piece, new byte[] {0, 0, 0x0f, 0x42, 0x40
                });
            }
        };

        abstract void send(Http2Peer peer, byte[] piece) throws IOException;

        private static byte[] head(String rest) {
            return ("POST /api/v1/notifications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                            + rest)
                    .getBytes(ISO_8859_1);
        }

        private static void frames(Http2Peer peer, HeaderBlock block, byte[] piece, byte[] first) throws IOException {
            peer.send(Http2Peer.PREFACE.getBytes(ISO_8859_1))
                    .send(Http2Frame.settings())
                    .headers(1, 0, block)
                    .data(1, 0, first);
            for (int sent = first.length; sent + PIECE < LENGTH; sent += PIECE) {
                peer.data(1, 0, piece);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfRequestsAreBounded(Kind kind) throws Exception {
        byte[] piece = " ".repeat(PIECE).getBytes(ISO_8859_1);
        List<Http2Peer> peers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < REQUESTS; i++) {
                Http2Peer peer = Http2Peer.silent(SIEGE.port());
                peers.add(peer);
                threads.execute(() -> send(kind, peer, piece));
            }
            threads.shutdown();
            // Requests that wait for room may take longer. Closing their peers ends their threads.
            boolean all = threads.awaitTermination(10, TimeUnit.SECONDS);
            System.out.println(kind + ": " + (all ? "all are sent or refused" : "some are still waiting"));
            SIEGE.hub().awaitSubscribers(1); // the witness, over HTTP: the hub still answers
            for (Http2Peer peer : peers) {
                peer.close(); // which also releases the threads that still write
            }
        }
    }

    private static void send(Kind kind, Http2Peer peer, byte[] piece) {
        try {
            kind.send(peer, piece);
        } catch (IOException e) {
            // The hub refused the request, or the test is over.
        }
    }
}

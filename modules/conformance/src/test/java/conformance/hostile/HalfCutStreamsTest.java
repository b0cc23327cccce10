package conformance.hostile;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stream ends with its connection, whichever component serves it, and its thread and memory are released.
 * {@code -Dhostile.streams=10000} opens more streams of each kind before their connections break.
 */
class HalfCutStreamsTest {

    /** A number at which a leak of one KiB for each stream exceeds the tolerance. */
    private static final int STREAMS = Integer.getInteger("hostile.streams", 3_000);

    private static final int STREAMS_OF_A_CONNECTION = 500;
    private static final long TOLERANCE = 2 << 20;

    /** The kinds of open streams. */
    @SuppressWarnings("ImmutableEnumChecker") // frames and blocks are immutable after construction
    enum Kind {
        PUSH_WITHOUT_MESSAGE(HeaderBlock.grpc(HeaderBlock.SUBSCRIBE), _ -> null),
        PUSH_WITH_HALF_A_MESSAGE(HeaderBlock.grpc(HeaderBlock.SUBSCRIBE), _ -> data(0, 0, 0, 0, 0, 9, 'a')),
        SUBSCRIPTION(
                HeaderBlock.grpc(HeaderBlock.SUBSCRIBE),
                id -> new Http2Frame(
                        Http2Frame.DATA, Http2Frame.END_STREAM, 0, GrpcMessages.subscription("cut-" + id))),
        JSON_WITHOUT_BODY(HeaderBlock.json("/api/v1/notifications"), _ -> null),
        JSON_WITH_HALF_A_BODY(HeaderBlock.json("/api/v1/notifications"), _ -> data(0, '{')),
        JSON_WITH_HALF_OF_ITS_LENGTH(
                HeaderBlock.json("/api/v1/notifications").with("content-length", "100"), _ -> data(0, '{')),
        BODY_THAT_NO_ROUTE_READS(HeaderBlock.json("/nothing"), _ -> data(0, '{')),
        HEALTH_CHECK_WITHOUT_MESSAGE(HeaderBlock.grpc("/grpc.health.v1.Health/Check"), _ -> null),
        HEALTH_WATCH(HeaderBlock.grpc("/grpc.health.v1.Health/Watch"), _ -> data(1, 0, 0, 0, 0, 0)),
        REFLECTION(HeaderBlock.grpc("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"), _ -> null),
        UNKNOWN_CALL(HeaderBlock.grpc("/push.v1.Push/Nothing"), _ -> null);

        private final HeaderBlock block;
        private final Function<Integer, @Nullable Http2Frame> more;

        Kind(HeaderBlock block, Function<Integer, @Nullable Http2Frame> more) {
            this.block = block;
            this.more = more;
        }

        private static Http2Frame data(int flags, int... octets) {
            byte[] bytes = new byte[octets.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) octets[i];
            }
            return new Http2Frame(Http2Frame.DATA, flags, 0, bytes);
        }

        void open(Http2Peer peer, int stream, int id) throws Exception {
            peer.headers(stream, 0, block);
            Http2Frame data = more.apply(id);
            if (data != null) {
                int flags = data.has(Http2Frame.END_STREAM) ? Http2Frame.END_STREAM : 0;
                peer.data(stream, flags, data.payload());
            }
        }
    }

    @RegisterExtension
    private static final SiegeExtension SIEGE =
            new SiegeExtension("push: { subscriber: { max: 100000 } }", "streams cut in half");

    /** The first run of each kind loads classes, which must not count as a leak. */
    @ParameterizedTest
    @EnumSource
    void cutStreamsLeaveNothingBehind(Kind kind) throws Exception {
        cut(SIEGE.port(), kind, 200);
        SIEGE.hub().awaitSubscribers(1);
        long before = SIEGE.siege().heap();
        cut(SIEGE.port(), kind, STREAMS);
        SIEGE.siege().awaitHeap(before, TOLERANCE);
    }

    /** The ways in which a connection ends. */
    enum Way {
        CLOSED,
        TORN,
        IN_ERROR;

        void end(Http2Peer peer) throws Exception {
            switch (this) {
                case CLOSED -> peer.close();
                case TORN -> peer.tear();
                case IN_ERROR -> {
                    peer.send(new Http2Frame(Http2Frame.DATA, 0, 0, new byte[1])); // DATA on stream 0 is an error
                    peer.close();
                }
            }
        }
    }

    private static void cut(int port, Kind kind, int streams) throws Exception {
        Way[] ways = Way.values();
        int connections = 0;
        for (int opened = 0; opened < streams; connections++) {
            Http2Peer peer = Http2Peer.connect(port);
            for (int i = 0; i < STREAMS_OF_A_CONNECTION && opened < streams; i++, opened++) {
                kind.open(peer, 2 * i + 1, opened);
            }
            peer.observe(0); // after this the hub has read everything
            ways[connections % ways.length].end(peer);
        }
    }
}

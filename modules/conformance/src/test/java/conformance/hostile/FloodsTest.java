package conformance.hostile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No connection can keep the hub busy with frames that cost the peer nothing. */
class FloodsTest {

    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int MANY = 200_000;
    private static final int BATCH = 500;

    @RegisterExtension
    private static final SiegeExtension SIEGE = new SiegeExtension("floods of frames");

    /** The repeated frame, on a connection with a push call on stream 1 whose message is missing. */
    @SuppressWarnings("ImmutableEnumChecker") // frames and blocks are immutable after construction
    enum Kind {
        PING(new Http2Frame(Http2Frame.PING, 0, 0, new byte[8])),
        SETTINGS(Http2Frame.settings(4, 65_535)),
        SETTINGS_WITHOUT_A_SETTING(Http2Frame.settings()),
        PRIORITY(new Http2Frame(Http2Frame.PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 16})),
        WINDOW_UPDATE_OF_THE_CONNECTION(Http2Frame.ofNumber(Http2Frame.WINDOW_UPDATE, 0, 1_024)),
        EMPTY_DATA(new Http2Frame(Http2Frame.DATA, 0, 1)),
        PADDING(new Http2Frame(Http2Frame.DATA, Http2Frame.PADDED, 1, (byte) 0));

        private final Http2Frame frame;

        Kind(Http2Frame frame) {
            this.frame = frame;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodEndsWithGoAway(Kind kind) throws Exception {
        try (Http2Peer peer = Http2Peer.connect(SIEGE.port())) {
            peer.headers(1, 0, HeaderBlock.grpc(HeaderBlock.SUBSCRIBE));
            Flood flood = Flood.of(peer, kind.frame, MANY);
            assertThat(flood.toString(), flood.isCutOff(), is(true));
            assertThat(flood.toString(), flood.goAway() == ENHANCE_YOUR_CALM || flood.goAway() < 0, is(true));
        }
    }

    /** A peer may send any number of these frames, but they must not disturb others. */
    @SuppressWarnings("ImmutableEnumChecker") // frames are immutable after construction
    enum Harmless {
        PING_ACKNOWLEDGED(new Http2Frame(Http2Frame.PING, Http2Frame.ACK, 0, new byte[8])),
        WINDOW_UPDATE(Http2Frame.ofNumber(Http2Frame.WINDOW_UPDATE, 1, 1)),
        UNKNOWN(new Http2Frame(0x77, 0, 1));

        private final Http2Frame frame;

        Harmless(Http2Frame frame) {
            this.frame = frame;
        }
    }

    @ParameterizedTest
    @EnumSource
    void harmlessFramesDisturbNoOther(Harmless kind) throws Exception {
        try (Http2Peer peer = Http2Peer.connect(SIEGE.port())) {
            peer.headers(1, 0, HeaderBlock.grpc(HeaderBlock.SUBSCRIBE));
            Flood.of(peer, kind.frame, MANY);
        }
    }

    /** Opens streams, and sends frames on each of them. */
    private static Flood streams(byte[] block, Http2Frame... behind) throws Exception {
        try (Http2Peer peer = Http2Peer.connect(SIEGE.port())) {
            return Flood.of(
                    peer,
                    sent -> {
                        ByteArrayOutputStream batch = new ByteArrayOutputStream();
                        for (int i = 0; i < BATCH; i++) {
                            int stream = 2 * (sent + i) + 1;
                            batch.writeBytes(
                                    new Http2Frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, stream, block).bytes());
                            for (Http2Frame frame : behind) {
                                batch.writeBytes(Http2Frame.ofNumber(frame.type(), stream, frame.number(0))
                                        .bytes());
                            }
                        }
                        return batch.toByteArray();
                    },
                    200_000);
        }
    }

    @Test
    void requestsResetAtOnce() throws Exception {
        Flood flood = streams(
                HeaderBlock.grpc(HeaderBlock.SUBSCRIBE).bytes(), Http2Frame.ofNumber(Http2Frame.RST_STREAM, 1, 8));
        assertThat(flood.toString(), flood.isCutOff(), is(true));
    }

    @Test
    void requestsThatTheHubResets() throws Exception {
        Flood flood = streams(
                HeaderBlock.grpc(HeaderBlock.SUBSCRIBE).bytes(), Http2Frame.ofNumber(Http2Frame.WINDOW_UPDATE, 1, 0));
        assertThat(flood.toString(), flood.isCutOff(), is(true));
    }

    /** Clients that reset each stream after its response, to be sure of its end, are not a flood. */
    @Test
    void callsResetAfterTheirResponses() throws Exception {
        try (Http2Peer peer = Http2Peer.connect(SIEGE.port()).subscribed(1, "resetting")) {
            for (int stream = 3; stream < 6_000; stream += 2) {
                Observed seen = peer.headers(stream, Http2Frame.END_STREAM, HeaderBlock.get("/observe/health/live"))
                        .observe(stream);
                assertThat("stream " + stream + ": " + seen, seen.status(), is(200));
                peer.reset(stream);
            }
            assertThat(peer.observe(0).isAlive(), is(true));
        }
    }

    /** The pings of clients that measure their bandwidth are not a flood. */
    @Test
    void manyPingsAreAnswered() throws Exception {
        try (Http2Peer peer = Http2Peer.connect(SIEGE.port()).subscribed(1, "pinging")) {
            for (int i = 0; i < 3_000; i++) {
                assertThat("ping " + i, peer.observe(0).isAlive(), is(true));
            }
        }
    }
}

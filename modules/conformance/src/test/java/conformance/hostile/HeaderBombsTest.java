package conformance.hostile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Header blocks count with their decoded size, which is bounded, however small they are on the wire. */
class HeaderBombsTest {

    private static final String LIVE = "/observe/health/live";
    private static final int MAX_FRAME = 16_384;

    @RegisterExtension
    private static final SiegeExtension SIEGE = new SiegeExtension("header bombs");

    private static void assertRefused(HeaderBlock first, HeaderBlock bomb) throws Exception {
        try (Http2Peer peer = Http2Peer.connect(SIEGE.port()).subscribed(1, "bomber")) {
            peer.headers(3, Http2Frame.END_STREAM, first).observe(3);
            for (int stream = 5; stream < 45; stream += 2) {
                Observed seen =
                        peer.headers(stream, Http2Frame.END_STREAM, bomb).observe(stream);
                assertThat("stream " + stream + ": " + seen, seen.status(), is(431));
            }
            Http1Peer.publish(SIEGE.port(), "bomb", "after the bombs");
            peer.awaitData(1, "after the bombs");
        }
    }

    @Test
    void referencesToALongField() throws Exception {
        assertRefused(
                HeaderBlock.get(LIVE).remembered("x-bomb", "b".repeat(3_900)),
                HeaderBlock.get(LIVE).reference(62, 15_000));
    }

    @Test
    void referencesToAnEmptyField() throws Exception {
        assertRefused(
                HeaderBlock.get(LIVE).remembered("x", ""), HeaderBlock.get(LIVE).reference(62, 15_000));
    }

    @Test
    void referencesToTheStaticTable() throws Exception {
        assertRefused(HeaderBlock.get(LIVE), HeaderBlock.get(LIVE).reference(32, 15_000)); // cookie
    }

    @Test
    void fieldsThatEvictEachOtherFromTheTable() throws Exception {
        HeaderBlock churn = HeaderBlock.get(LIVE);
        for (int i = 0; i < 2_000; i++) {
            churn.remembered("a", "");
        }
        assertRefused(HeaderBlock.get(LIVE), churn);
    }

    /** The hub cuts off an endless block because of its size or the number of its frames. */
    private static void assertCutOff(byte[] piece, int pieces) throws Exception {
        try (Http2Peer peer = Http2Peer.connect(SIEGE.port())) {
            peer.send(new Http2Frame(
                    Http2Frame.HEADERS, 0, 1, HeaderBlock.get(LIVE).bytes()));
            Flood flood = Flood.of(peer, new Http2Frame(Http2Frame.CONTINUATION, 0, 1, piece), pieces);
            assertThat(flood.toString(), flood.isCutOff(), is(true));
        }
    }

    @Test
    void continuationsWithFields() throws Exception {
        HeaderBlock piece = new HeaderBlock();
        while (piece.bytes().length < MAX_FRAME - 100) {
            piece.with("x-a", "v".repeat(50));
        }
        assertCutOff(piece.bytes(), 10_000);
    }

    @Test
    void continuationsWithoutAByte() throws Exception {
        assertCutOff(new byte[0], 200_000);
    }
}

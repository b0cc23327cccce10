package conformance.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gateways that read no events do not affect others, and leave nothing behind. */
class StalledReadersTest {

    private static final int CONNECTIONS = 50;
    private static final int STREAMS_OF_A_CONNECTION = 10;
    private static final int EVENTS = 500;
    private static final int INITIAL_WINDOW_SIZE = 4;

    /** The reason why the gateways read nothing. */
    enum Kind {
        WINDOWS_OF_ZERO(0),
        WINDOWS_OF_A_BYTE(1),
        WINDOWS_THAT_NEVER_GROW(65_535),
        SOCKETS_THAT_ARE_NOT_READ(Integer.MAX_VALUE);

        private final int window;

        Kind(int window) {
            this.window = window;
        }
    }

    @RegisterExtension
    private static final SiegeExtension SIEGE = new SiegeExtension("readers that read nothing");

    @ParameterizedTest
    @EnumSource
    void stalledReadersLeaveNothingBehind(Kind kind) throws Exception {
        List<Http2Peer> peers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            peers.add(stalled(SIEGE.port(), kind, i));
        }
        String payload = "{\"a\":\"" + "x".repeat(1_000) + "\"}";
        for (int i = 0; i < EVENTS; i++) {
            SIEGE.hub().api().notify("3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11", "stalled", payload);
        }
        for (Http2Peer peer : peers) {
            peer.close();
        }
        SIEGE.hub().awaitSubscribers(1); // the witness
    }

    private static Http2Peer stalled(int port, Kind kind, int connection) throws IOException {
        Http2Peer peer = Http2Peer.connect(port, INITIAL_WINDOW_SIZE, kind.window);
        for (int i = 0; i < STREAMS_OF_A_CONNECTION; i++) {
            peer.subscribed(2 * i + 1, "stalled-" + connection + "-" + i);
        }
        return peer;
    }
}

package conformance.hostile;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bodies that the hub does not read do not use up the window of their connection, so later calls and gateways on it
 * continue.
 */
class UnreadBodiesTest {

    private static final int LARGE_CALLS = 60;
    private static final int LARGE_BYTES = 300_000;
    private static final int SMALL_CALLS = 1_000;
    private static final int SMALL_BYTES = 3_000;
    private static final int GATEWAY = 1;

    @RegisterExtension
    private static final SiegeExtension SIEGE = new SiegeExtension("bodies that are not read");

    /**
     * The bodies exceed the connection's window by far, both as many small and as some large ones. A small body is
     * complete before the response.
     */
    @ParameterizedTest
    @CsvSource({
        "no-route, /nothing, application/json",
        "no-method, /observe/health/live, application/json",
        "wrong-type, /api/v1/notifications, text/plain",
        "no-json, /api/v1/notifications, application/json",
        "no-service, /nothing.Service/Call, application/grpc",
        "no-grpc-method, /push.v1.Push/Nothing, application/grpc",
        "no-message, /grpc.health.v1.Health/Check, application/grpc",
        "no-push-request, /push.v1.Push/SubscribePush, application/grpc"
    })
    void unreadBodiesReturnTheirWindow(String name, String path, String type) throws Exception {
        try (Http2Peer peer = Http2Peer.connect(SIEGE.port())) {
            Uploads uploads = new Uploads(peer).subscribed(GATEWAY, "unread-" + name);
            HeaderBlock block =
                    HeaderBlock.request("POST", path).with("content-type", type).with("te", "trailers");
            for (int i = 1; i <= LARGE_CALLS + SMALL_CALLS; i++) {
                uploads.post(GATEWAY + 2 * i, block, new byte[i > LARGE_CALLS ? SMALL_BYTES : LARGE_BYTES]);
            }
            Http1Peer.publish(SIEGE.port(), "unread", "behind " + name);
            peer.awaitData(GATEWAY, "behind " + name);
        }
    }
}

package conformance.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that request large responses and do not read them cannot fill the heap. */
class UnreadResponsesTest {

    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int END_STREAM_AND_HEADERS = 5;

    /** The maximum number of revocations on a page if all have the longest reason. */
    private static final int REVOCATIONS = 270;

    private static final String LIST = "/api/v1/revocations?limit=1000";
    private static final String DOCUMENT = "/openapi.json";

    @RegisterExtension
    private static final SiegeExtension SIEGE = new SiegeExtension("unread responses");

    private static boolean revoked;

    /** The protocol, and the requested path. */
    enum Kind {
        HTTP2_MANY_CONNECTIONS(100, 40, DOCUMENT),
        HTTP2_MANY_STREAMS(4, 1_000, DOCUMENT),
        HTTP2_LISTS(20, 40, LIST),
        HTTP1_PIPELINED(400, 100, DOCUMENT),
        HTTP1_LISTS(100, 3, LIST);

        private final int connections;
        private final int requests;
        private final String path;

        Kind(int connections, int requests, String path) {
            this.connections = connections;
            this.requests = requests;
            this.path = path;
        }

        private Http2Peer ask(int port) throws IOException {
            if (name().startsWith("HTTP1")) {
                String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
                return Http2Peer.silent(port).send(request.repeat(requests).getBytes(ISO_8859_1));
            }
            Http2Peer peer = Http2Peer.connect(port, INITIAL_WINDOW_SIZE, 0);
            for (int i = 0; i < requests; i++) {
                peer.headers(2 * i + 1, END_STREAM_AND_HEADERS, HeaderBlock.get(path));
            }
            return peer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void unreadResponsesAreBounded(Kind kind) throws Exception {
        if (kind.path.equals(LIST) && !revoked) {
            SIEGE.siege().allow(UnreadResponsesTest::revoke);
            revoked = true;
        }
        List<Http2Peer> peers = new ArrayList<>();
        for (int i = 0; i < kind.connections; i++) {
            try {
                peers.add(kind.ask(SIEGE.port()));
            } catch (IOException e) {
                // The hub may end the connection.
            }
        }
        SIEGE.hub().awaitSubscribers(1); // the witness, over HTTP: the hub still answers
        for (Http2Peer peer : peers) {
            peer.close();
        }
    }

    /** Revokes sessions with the longest allowed reason. */
    private static void revoke() throws Exception {
        String reason = URLEncoder.encode("€".repeat(1_000), StandardCharsets.UTF_8);
        for (int i = 0; i < REVOCATIONS; i++) {
            SIEGE.hub().api().call("DELETE", "/api/v1/users/" + UUID.randomUUID() + "/sessions?reason=" + reason, "");
        }
    }
}

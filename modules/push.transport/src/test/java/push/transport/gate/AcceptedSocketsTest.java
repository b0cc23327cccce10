package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptedSocketsTest {

    private final SocketOptions options = SocketOptions.builder()
            .tcpNoDelay(true)
            .socketKeepAlive(true)
            .readTimeout(Duration.ofSeconds(7))
            .connectTimeout(Duration.ofSeconds(8))
            .socketSendBufferSize(9_000)
            .socketReceiveBufferSize(10_000)
            .build();
    private final AcceptedSockets sockets = new AcceptedSockets(options);

    private @Nullable SocketChannel claim(Socket peer) {
        return sockets.claim(peer.getRemoteSocketAddress(), peer.getLocalSocketAddress());
    }

    @Test
    void aChannelIsClaimedOnceByItsTwoAddresses() throws IOException {
        try (SocketPair one = new SocketPair();
                SocketPair other = new SocketPair()) {
            sockets.configureSocket(one.accepted);
            sockets.configureSocket(other.accepted);
            assertThat(claim(one.peer), is(sameInstance(one.accepted)));
            assertThat(claim(one.peer), is(nullValue()));
            assertThat(claim(other.peer), is(sameInstance(other.accepted)));
        }
    }

    @Test
    void closedSocketsAreForgottenAndOpenOnesAreNot() throws IOException {
        try (SocketPair open = new SocketPair()) {
            sockets.configureSocket(open.accepted);
            List<SocketAddress[]> gone = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                try (SocketPair brief = new SocketPair()) {
                    sockets.configureSocket(brief.accepted);
                    gone.add(
                            new SocketAddress[] {brief.peer.getRemoteSocketAddress(), brief.peer.getLocalSocketAddress()
                            });
                }
            }
            long known = gone.stream()
                    .filter(ends -> sockets.claim(ends[0], ends[1]) != null)
                    .count();
            assertThat(known, is(lessThan(130L)));
            assertThat(claim(open.peer), is(sameInstance(open.accepted)));
        }
    }

    @Test
    void aClosedSocketIsNotKept() throws IOException {
        SocketPair closed = new SocketPair();
        closed.accepted.close();
        sockets.configureSocket(closed.accepted);
        assertThat(claim(closed.peer), is(nullValue()));
        closed.close();
    }

    @Test
    void theGivenOptionsAreSet() throws IOException {
        try (SocketPair pair = new SocketPair()) {
            sockets.configureSocket(pair.accepted);
            assertThat(pair.accepted.getOption(StandardSocketOptions.TCP_NODELAY), is(true));
            assertThat(pair.accepted.getOption(StandardSocketOptions.SO_KEEPALIVE), is(true));
        }
        assertThat(sockets.socketOptions(), is(options.socketOptions()));
        assertThat(sockets.readTimeout(), is(options.readTimeout()));
        assertThat(sockets.connectTimeout(), is(options.connectTimeout()));
        assertThat(sockets.socketSendBufferSize(), is(options.socketSendBufferSize()));
        assertThat(sockets.socketReceiveBufferSize(), is(options.socketReceiveBufferSize()));
        assertThat(sockets.socketReuseAddress(), is(options.socketReuseAddress()));
        assertThat(sockets.socketKeepAlive(), is(true));
        assertThat(sockets.tcpNoDelay(), is(true));
    }
}

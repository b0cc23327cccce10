package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void channelIsClaimedOnceByItsPeersAddress() throws IOException {
        try (SocketPair one = new SocketPair();
                SocketPair other = new SocketPair()) {
            sockets.configureSocket(one.accepted);
            sockets.configureSocket(other.accepted);
            SocketAddress peer = one.peer.getLocalSocketAddress();
            assertThat(sockets.claim(peer), is(sameInstance(one.accepted)));
            assertThat(sockets.claim(peer), is(nullValue()));
            assertThat(sockets.claim(other.peer.getLocalSocketAddress()), is(sameInstance(other.accepted)));
        }
    }

    @Test
    void closedOnesAreForgottenAndOpenOnesAreNot() throws IOException {
        try (SocketPair open = new SocketPair()) {
            sockets.configureSocket(open.accepted);
            List<SocketAddress> gone = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                try (SocketPair brief = new SocketPair()) {
                    sockets.configureSocket(brief.accepted);
                    gone.add(brief.peer.getLocalSocketAddress());
                }
            }
            long known =
                    gone.stream().filter(peer -> sockets.claim(peer) != null).count();
            assertThat(known, is(lessThan(130L)));
            assertThat(sockets.claim(open.peer.getLocalSocketAddress()), is(sameInstance(open.accepted)));
        }
    }

    @Test
    void socketThatIsClosedAlreadyIsNotKept() throws IOException {
        SocketPair closed = new SocketPair();
        SocketAddress peer = closed.peer.getLocalSocketAddress();
        closed.accepted.close();
        AcceptedSockets without = new AcceptedSockets(SocketOptions.create());
        assertThat(without.claim(peer), is(nullValue()));
        closed.close();
    }

    @Test
    void optionsAreThoseThatWereGiven() throws IOException {
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

package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.Closeable;
import java.nio.channels.SocketChannel;
import java.util.Set;

/** Takes every HTTP/2 connection, and has Helidon serve it with a {@link GatewayConnection} around its socket. */
public final class GatewayConnections implements ServerConnectionSelector {

    private final Http2ConnectionSelector http2;
    private final StreamSupervisor supervisor;
    private final AcceptedSockets sockets;
    private final SocketPoller poller;
    private final Http2Limits limits;
    private final HeldBytes held = HeldBytes.ofTheHeap();
    private final PeerErrors errors;
    private final long maxFrames;

    /**
     * @param limits of each connection
     * @param errors is told of connections that end because of their peers
     * @param maxFrames how many frames of DATA Helidon may write before a connection is worn out
     */
    public GatewayConnections(
            Http2ConnectionSelector http2,
            StreamSupervisor supervisor,
            AcceptedSockets sockets,
            SocketPoller poller,
            Http2Limits limits,
            PeerErrors errors,
            long maxFrames) {
        this.http2 = http2;
        this.supervisor = supervisor;
        this.sockets = sockets;
        this.poller = poller;
        this.limits = limits;
        this.errors = errors;
        this.maxFrames = maxFrames;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http2.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http2.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http2.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext socket) {
        GatewayConnection connection = new GatewayConnection(socket, below(socket), limits, held, errors, maxFrames);
        return new SupervisedConnection(connection, http2.connection(connection), supervisor);
    }

    private GatewaySocket below(ConnectionContext socket) {
        SocketChannel channel =
                sockets.claim(socket.localPeer().address(), socket.remotePeer().address());
        if (channel == null) {
            return blocking(socket, socket.serverSocket()::close);
        }
        if (socket.isSecure()) {
            return blocking(socket, channel);
        }
        ChannelSocket polled = new ChannelSocket(channel);
        if (!poller.add(polled)) {
            return blocking(socket, channel);
        }
        DataReader reader = socket.dataReader();
        polled.begin(reader.readBytes(reader.available()));
        return polled;
    }

    private static GatewaySocket blocking(ConnectionContext socket, Closeable wire) {
        return new StreamSocket(socket.dataReader(), socket.dataWriter(), wire);
    }
}

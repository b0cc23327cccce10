package push.transport;

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
final class GatewayConnections implements ServerConnectionSelector {

    private final Http2ConnectionSelector http2;
    private final StreamSupervisor supervisor;
    private final AcceptedSockets sockets;
    private final SocketPoller poller;
    private final long maxReservations;

    /** @param maxReservations of window by push streams, after which a connection is worn out */
    GatewayConnections(
            Http2ConnectionSelector http2,
            StreamSupervisor supervisor,
            AcceptedSockets sockets,
            SocketPoller poller,
            long maxReservations) {
        this.http2 = http2;
        this.supervisor = supervisor;
        this.sockets = sockets;
        this.poller = poller;
        this.maxReservations = maxReservations;
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
        GatewayConnection connection =
                new GatewayConnection(socket, below(socket), new ConnectionWindows(maxReservations));
        return new SupervisedConnection(connection, http2.connection(connection), supervisor);
    }

    private GatewaySocket below(ConnectionContext socket) {
        SocketChannel channel = sockets.claim(socket.remotePeer().address());
        DataReader reader = socket.dataReader();
        if (channel == null || socket.isSecure()) {
            Closeable wire = channel == null ? socket.serverSocket()::close : channel;
            return new StreamSocket(reader, socket.dataWriter(), wire);
        }
        ChannelSocket polled = new ChannelSocket(channel, reader.readBytes(reader.available()));
        poller.add(polled);
        return polled;
    }
}

package push.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Takes every HTTP/2 connection, and has Helidon serve it with a {@link GatewayConnection} around its socket. */
final class GatewayConnections implements ServerConnectionSelector {

    private final Http2ConnectionSelector http2;
    private final StreamSupervisor supervisor;
    private final long maxReservations;

    /** @param maxReservations of window by push streams, after which a connection is worn out */
    GatewayConnections(Http2ConnectionSelector http2, StreamSupervisor supervisor, long maxReservations) {
        this.http2 = http2;
        this.supervisor = supervisor;
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
        GatewayConnection connection = new GatewayConnection(socket, new ConnectionWindows(maxReservations));
        return new SupervisedConnection(connection, http2.connection(connection), supervisor);
    }
}

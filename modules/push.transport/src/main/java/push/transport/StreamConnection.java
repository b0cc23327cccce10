package push.transport;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HttpPrologue;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolProvider;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;
import io.helidon.webserver.spi.ProtocolConfig;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The connection below the stream of the current thread.
 *
 * <p>A gRPC handler is not told when its peer's TCP connection closes, and cannot reach the socket to
 * look. Helidon does show it to every HTTP/2 sub-protocol, on the stream's own thread, while it asks
 * who wants the stream: so this one looks, remembers, and never wants it.
 */
public final class StreamConnection {

    private static final ThreadLocal<@Nullable HelidonSocket> CURRENT = new ThreadLocal<>();

    private final HelidonSocket socket;

    private StreamConnection(HelidonSocket socket) {
        this.socket = socket;
    }

    /** The connection of the current thread's stream. */
    static StreamConnection current() {
        HelidonSocket socket = CURRENT.get();
        if (socket == null) {
            throw new IllegalStateException(
                    "not on the thread of an HTTP/2 stream, or the protocol \"" + Config.TYPE + "\" is not configured");
        }
        return new StreamConnection(socket);
    }

    /** Whether the connection is open; turns false as soon as the peer's close has been read. */
    boolean isOpen() {
        return socket.isConnected();
    }

    /** The peer's address and port; "unknown" when the connection is gone already. */
    String peer() {
        SocketAddress address = socket.remotePeer().address();
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unknown";
    }

    /** Switches this on; a listener without it does not look. */
    record Config() implements ProtocolConfig {

        static final String TYPE = "push-stream-connection";

        @Override
        public String name() {
            return TYPE;
        }

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Found by the web server through {@link java.util.ServiceLoader}. */
    public static final class Provider implements Http2SubProtocolProvider<Config>, io.helidon.common.Weighted {

        @Override
        public double weight() {
            return DEFAULT_WEIGHT + 100; // to be asked before gRPC takes the stream
        }

        @Override
        public String protocolType() {
            return Config.TYPE;
        }

        @Override
        public Class<Config> protocolConfigType() {
            return Config.class;
        }

        @Override
        public Http2SubProtocolSelector create(Config config, ProtocolConfigs configs) {
            return Provider::remember;
        }

        private static SubProtocolResult remember(
                ConnectionContext connection,
                HttpPrologue prologue,
                Http2Headers headers,
                Http2StreamWriter writer,
                int streamId,
                Http2Settings serverSettings,
                Http2Settings clientSettings,
                StreamFlowControl flowControl,
                Http2StreamState state,
                Router router) {
            CURRENT.set(connection.serverSocket());
            return Http2SubProtocolSelector.NOT_SUPPORTED;
        }
    }
}

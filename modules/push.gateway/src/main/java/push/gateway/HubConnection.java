package push.gateway;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webclient.api.ClientConnection;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a hub that reports its loss.
 *
 * <p>Helidon's HTTP/2 connection does not report its loss, so a stream on it would wait forever. This class sits
 * between Helidon and the socket. It detects the end of the data, an error, and silence. It also detects a failed
 * write, after which Helidon stops reading without closing the connection. After a silence, it pings the peer: any data
 * that follows, at least the acknowledgement, proves that the peer is alive.
 */
final class HubConnection implements ClientConnection {

    private final HubSocket socket;
    private final Runnable onLost;
    private final DataReader reader;
    private final DataWriter writer;
    private volatile @Nullable Runnable ping;
    private volatile @Nullable String loss;

    private final InboundFrameFilter frames = new InboundFrameFilter();

    // Only the thread that reads the connection uses it.
    private boolean pinged;

    /**
     * @param socket a connected socket
     * @param keepAlive how long the peer may send nothing before it is pinged, and then again before the connection
     *     counts as lost; zero for no limit
     * @param onLost the action to run when the connection is lost or closed; runs at least once, on any thread
     */
    HubConnection(HubSocket socket, Duration keepAlive, Runnable onLost) {
        this.socket = socket;
        this.onLost = onLost;
        this.reader = DataReader.create(this::receive);
        this.writer = new WatchedWriter(socket, onLost, () -> !frames.hasBegun());
        socket.readTimeout(keepAlive);
    }

    /**
     * Sets the action that sends a ping. Without one, the first silence already counts as the loss of the connection.
     */
    void pingWith(Runnable sender) {
        ping = sender;
    }

    /** Why no more data can be read; empty if it can, or if the peer closed the connection without an error. */
    Optional<String> loss() {
        return Optional.ofNullable(loss);
    }

    private byte @Nullable [] receive() {
        try {
            while (frames.end().isEmpty()) {
                byte[] bytes = receiveOrPing();
                if (bytes == null) {
                    frames.endOfInput();
                    break;
                }
                byte[] accepted = frames.filter(bytes);
                if (accepted.length > 0) {
                    return accepted;
                }
            }
            loss = frames.end().orElse(null);
            onLost.run();
            return null;
        } catch (RuntimeException e) {
            loss = ConnectionFailures.reason(e);
            onLost.run();
            throw e;
        }
    }

    private byte @Nullable [] receiveOrPing() {
        while (true) {
            try {
                byte[] bytes = socket.helidon().get();
                pinged = false;
                return bytes;
            } catch (UncheckedIOException e) {
                Runnable sender = ping;
                if (pinged || sender == null || !(e.getCause() instanceof SocketTimeoutException)) {
                    throw e;
                }
                pinged = true;
                sender.run();
            }
        }
    }

    @Override
    public DataReader reader() {
        return reader;
    }

    @Override
    public void closeResource() {
        socket.abort();
        onLost.run();
    }

    @Override
    public void releaseResource() {
        closeResource();
    }

    @Override
    public DataWriter writer() {
        return writer;
    }

    @Override
    public String channelId() {
        return socket.helidon().socketId();
    }

    @Override
    public HelidonSocket helidonSocket() {
        return socket.helidon();
    }

    @Override
    public void readTimeout(Duration readTimeout) {
        socket.readTimeout(readTimeout);
    }

    @Override
    public boolean isConnected() {
        return socket.helidon().isConnected();
    }
}

package gateway;

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
 * A connection to a hub that tells when it is lost.
 *
 * <p>Helidon's HTTP/2 connection keeps that to itself: a stream on it would wait for ever. So this stands
 * between the two, and is the first to see the end of data, an error (of a write too, which stops Helidon's
 * reading without closing anything), or silence. Silence is probed with a ping: whatever the peer sends after
 * it, the acknowledgement at least, proves that it lives.
 */
final class HubConnection implements ClientConnection {

    private final HubSocket socket;
    private final Runnable onLost;
    private final DataReader reader;
    private final DataWriter writer;
    private volatile @Nullable Runnable ping;
    private volatile @Nullable String loss;

    private final InboundFrames frames = new InboundFrames();

    // Only the thread that reads the connection knows this one.
    private boolean pinged;

    /**
     * @param socket connected
     * @param silence how long the peer may send nothing before it is pinged, and again after that; zero for ever
     * @param onLost run at least once, by any thread
     */
    HubConnection(HubSocket socket, Duration silence, Runnable onLost) {
        this.socket = socket;
        this.onLost = onLost;
        this.reader = DataReader.create(this::receive);
        this.writer = new WatchedWriter(socket, onLost, () -> !frames.hasBegun());
        socket.readTimeout(silence);
    }

    /** Says how to ping. Until then the first silence is the last. */
    void pingBy(Runnable sender) {
        ping = sender;
    }

    /** Why nothing more can be read; empty where the peer just closed, or nothing has happened. */
    Optional<String> loss() {
        return Optional.ofNullable(loss);
    }

    private byte @Nullable [] receive() {
        try {
            while (frames.end().isEmpty()) {
                byte[] bytes = receiveOrPing();
                if (bytes == null) {
                    frames.finish();
                    break;
                }
                byte[] passed = frames.pass(bytes);
                if (passed.length > 0) {
                    return passed;
                }
            }
            loss = frames.end().orElse(null);
            onLost.run();
            return null;
        } catch (RuntimeException e) {
            loss = Failures.reason(e);
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
        socket.cut();
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

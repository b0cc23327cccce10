package gateway;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webclient.api.ClientConnection;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that tells when it is lost.
 *
 * <p>Helidon's HTTP/2 connection keeps that to itself: a stream on it would wait for ever. So this stands
 * between the two, and is the first to see the end of data, an error (of a write too, which stops Helidon's
 * reading without closing anything), or silence. Silence is probed with a ping: whatever the peer sends after
 * it, the acknowledgement at least, proves that it lives.
 */
final class HubConnection implements ClientConnection {

    private final ClientConnection tcp;
    private final Runnable onLost;
    private final DataReader reader;
    private final DataWriter writer;
    private volatile @Nullable Runnable ping;
    // Only the thread that reads the connection knows this one.
    private boolean pinged;

    /**
     * @param tcp connected
     * @param silence how long the peer may send nothing before it is pinged, and again after that; zero for ever
     * @param onLost run at least once, by any thread
     */
    HubConnection(ClientConnection tcp, Duration silence, Runnable onLost) {
        this.tcp = tcp;
        this.onLost = onLost;
        this.reader = DataReader.create(this::receive);
        this.writer = new WatchedWriter(tcp.writer(), onLost);
        tcp.readTimeout(silence);
    }

    /** Says how to ping. Until then the first silence is the last. */
    void pingBy(Runnable sender) {
        ping = sender;
    }

    private byte @Nullable [] receive() {
        try {
            byte[] bytes = receiveOrPing();
            if (bytes == null) {
                onLost.run();
            }
            return bytes;
        } catch (RuntimeException e) {
            onLost.run();
            throw e;
        }
    }

    private byte @Nullable [] receiveOrPing() {
        while (true) {
            try {
                byte[] bytes = tcp.helidonSocket().get();
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
        tcp.closeResource();
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
        return tcp.channelId();
    }

    @Override
    public HelidonSocket helidonSocket() {
        return tcp.helidonSocket();
    }

    @Override
    public void readTimeout(Duration readTimeout) {
        tcp.readTimeout(readTimeout);
    }

    @Override
    public boolean isConnected() {
        return tcp.isConnected();
    }
}

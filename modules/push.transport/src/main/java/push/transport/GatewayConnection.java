package push.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.http2.FlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's HTTP/2 connection: what Helidon reads and writes passes through here, on its way from and to the socket.
 *
 * <p>That is how push streams learn what Helidon does not tell them: that the peer has opened a window, and that it
 * is still there. And it is how what they write stays apart from what Helidon writes: one whole frame, or several, at
 * a time.
 */
final class GatewayConnection implements ConnectionContext {

    /**
     * After so many reservations the connection is as good as worn out. Helidon counts each in a semaphore that nobody
     * empties while the windows stay open, and that fails beyond 2^31. At a thousand a second that is in 12 days.
     */
    private static final long MAX_RESERVATIONS = 1L << 30;

    private final ConnectionContext socket;
    private final DataReader reader = DataReader.create(this::read);
    private final SerialWriter writer;
    private final ConnectionStreams streams = new ConnectionStreams();
    private final LastPing lastPing = new LastPing();
    private volatile long lastHeard = System.nanoTime();

    // Guarded by this.
    private long reservations;

    // Only the supervisor's thread uses it.
    private final Silence silence = new Silence();

    GatewayConnection(ConnectionContext socket) {
        this.socket = socket;
        this.writer = new SerialWriter(socket.dataWriter());
    }

    /** What is to be read next; null at the end. Helidon asks when it has dealt with all that came before. */
    private byte @Nullable [] read() {
        streams.tellOfWindows();
        DataReader from = socket.dataReader();
        try {
            from.ensureAvailable();
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        }
        lastHeard = System.nanoTime();
        byte[] read = from.readBytes(from.available());
        lastPing.heard(read);
        return read;
    }

    ConnectionStreams streams() {
        return streams;
    }

    boolean hasStreams() {
        return streams.count() > 0;
    }

    /**
     * Takes from the windows of a stream and of its connection.
     *
     * @return how much of what is wanted may be written; 0 while a window is shut
     */
    synchronized int reserve(FlowControl.Outbound window, int wanted) {
        int granted = Math.min(wanted, window.getRemainingWindowSize());
        if (granted > 0) {
            window.decrementWindowSize(granted);
            reservations++;
        }
        return granted;
    }

    /** Whether its streams should be moved to another connection. */
    synchronized boolean isWornOut() {
        return reservations >= MAX_RESERVATIONS;
    }

    /** Writes whole frames. */
    void write(byte[] frames, int length) {
        writer.writeNow(BufferData.create(frames, 0, length));
    }

    /** The peer's address and port; "unknown" when the connection is gone already. */
    String peer() {
        SocketAddress address = remotePeer().address();
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unknown";
    }

    boolean isOpen() {
        return !streams.isClosed() && serverSocket().isConnected();
    }

    /** Closes the socket under whoever reads and writes it. */
    void cut() {
        try {
            serverSocket().close();
        } catch (UncheckedIOException e) {
            // It was closed already.
        }
    }

    /**
     * The supervisor's look at it: asks a silent peer for an answer, and cuts it when none comes.
     *
     * @param now on the scale of {@link System#nanoTime}
     */
    void look(long now, StreamLimits limits) {
        streams.look(now, limits);
        if (!hasStreams()) {
            silence.reset();
            return;
        }
        switch (silence.step(now, lastHeard, limits.keepaliveNanos())) {
            case ASK -> send(ControlFrames.ping());
            case GIVE_UP -> cut();
            case WAIT -> {}
        }
    }

    /** Tells the peer to open no more streams here. */
    void goAway() {
        send(lastPing.frames());
    }

    /** Whether nothing is lost to a push stream when it is closed, after {@link #goAway}. */
    boolean mayClose() {
        return streams.isClosed() || !streams.everHadAny() || lastPing.isAnswered();
    }

    /** On a thread of its own, as the socket may have no room. */
    private void send(byte[] frame) {
        Thread.ofVirtual().start(() -> {
            try {
                write(frame, frame.length);
            } catch (RuntimeException e) {
                // The connection is gone, which whoever reads it finds out.
            }
        });
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public PeerInfo remotePeer() {
        return socket.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return socket.localPeer();
    }

    @Override
    public boolean isSecure() {
        return socket.isSecure();
    }

    @Override
    public String socketId() {
        return socket.socketId();
    }

    @Override
    public String childSocketId() {
        return socket.childSocketId();
    }

    @Override
    public ListenerContext listenerContext() {
        return socket.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return socket.executor();
    }

    @Override
    public Router router() {
        return socket.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return socket.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket.serverSocket();
    }
}

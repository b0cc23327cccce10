package push.transport.gate;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.ConnectionContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's HTTP/2 connection: what Helidon reads and writes passes through here, on its way from and to the socket.
 *
 * <p>That is how push streams learn what Helidon does not tell them: that the peer has opened a window, and that it
 * is still there. And it is how what they write stays apart from what Helidon writes: one whole frame, or several, at
 * a time.
 */
public final class GatewayConnection extends ForwardingContext {

    private final GatewaySocket below;
    private final DataReader reader = DataReader.create(this::read);
    private final SerialWriter writer;
    private final ConnectionStreams streams = new ConnectionStreams();
    private final LastPing lastPing = new LastPing();
    private final ConnectionWindows windows;
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean cut;

    // Only the supervisor's thread uses these.
    private final Silence silence = new Silence();
    private boolean toldToMove;

    public GatewayConnection(ConnectionContext socket, GatewaySocket below, ConnectionWindows windows) {
        super(socket);
        this.windows = windows;
        this.below = below;
        this.writer = new SerialWriter(below);
    }

    /** What is to be read next; null at the end. Helidon asks when it has dealt with all that came before. */
    private byte @Nullable [] read() {
        streams.tellOfWindows();
        byte[] read = below.read();
        if (read == null) {
            return null;
        }
        lastHeard = System.nanoTime();
        lastPing.heard(read);
        return read;
    }

    public ConnectionStreams streams() {
        return streams;
    }

    public boolean hasStreams() {
        return streams.count() > 0;
    }

    public ConnectionWindows windows() {
        return windows;
    }

    public SerialWriter writer() {
        return writer;
    }

    /** The peer's address and port; "unknown" when the connection is gone already. */
    public String peer() {
        SocketAddress address = remotePeer().address();
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unknown";
    }

    public boolean isOpen() {
        return !cut && !streams.isClosed() && serverSocket().isConnected();
    }

    /** Closes the socket under whoever reads and writes it. */
    public void cut() {
        cut = true;
        below.cut();
    }

    /** Nobody reads it any more: nor does anybody write. */
    public void ended() {
        streams.closed();
        if (below.writesWithoutWaiting() || !writer.tryShut()) { // TLS has a farewell, unless somebody hangs in a write
            cut();
        }
    }

    /**
     * The supervisor's look at it: asks a silent peer for an answer, cuts it when none comes, and tells it to move when
     * the connection is worn out.
     *
     * @param now on the scale of {@link System#nanoTime}
     * @param keepaliveNanos how long a peer may be silent
     */
    public void look(long now, long keepaliveNanos) {
        if (windows.areWornOut() && !toldToMove) {
            toldToMove = true;
            send(ControlFrames.goAway()); // before its streams end: else they would come back to this very connection
        }
        streams.look(now);
        if (!hasStreams()) {
            silence.reset();
            return;
        }
        switch (silence.step(now, lastHeard, keepaliveNanos)) {
            case ASK -> send(ControlFrames.ping());
            case GIVE_UP -> cut();
            case WAIT -> {}
        }
    }

    /** Tells the peer to open no more streams here. */
    public void goAway() {
        send(lastPing.frames());
    }

    /** Whether nothing is lost to a push stream when it is closed, after {@link #goAway}. */
    public boolean mayClose() {
        return streams.isClosed() || !streams.everHadAny() || lastPing.isAnswered();
    }

    /** On a thread of its own, as the socket may have no room. */
    private void send(byte[] frame) {
        Thread.ofVirtual().start(() -> {
            try {
                writer.write(ByteBuffer.wrap(frame));
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
}

package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entrance of the gate: takes every connection, and has Helidon serve it with a filter around its socket.
 *
 * <p>It must be the only selector of its server. Helidon then asks it at once, with and without ALPN; among several
 * selectors Helidon would look at the first bytes by itself, which it does for whole prefaces and HTTP/1.1 only.
 */
public final class Gate implements ServerConnectionSelector {

    /** Room for what the gate itself adds to a head, so that Helidon's own limits are never met. */
    private static final int ROOM = 1024;

    /**
     * The send buffer of each accepted socket, in bytes. The kernel would let the buffer grow to megabytes, which a slow
     * reader takes minutes to read. Meanwhile, a ping behind them gets no answer, and on a blocking socket the hub cannot
     * see that the reader makes progress. A {@link ChannelSocket} enlarges the buffer for a fast reader.
     */
    public static final int SEND_BUFFER_BYTES = 1 << 18;

    /** The {@link Admission} ends silent connections first, and says so; the gate's own deadline is for those that it does not know. */
    private static final Duration AFTER_ADMISSION = Duration.ofSeconds(1);

    private final Http1ConnectionSelector http1;
    private final Http2ConnectionSelector http2;
    private final Http1Limits limits;
    private final StreamSupervisor supervisor;
    private final AcceptedSockets sockets;
    private final SocketPoller poller;
    private final Http2Limits http2Limits;
    private final HeldBytes held = HeldBytes.ofTheHeap();
    private final long maxFrames;
    private final Consumer<SocketChannel> whenIdentified;
    private final PeerErrors errors;

    /**
     * @param http1 Helidon's settings for HTTP/1; the smaller of its limits and the gate's hold
     * @param readTimeout the time that a peer may send nothing in the middle of a request over HTTP/1; zero is no limit
     * @param http2Limits of each connection of HTTP/2
     * @param maxFrames how many frames of DATA Helidon may write before a connection is worn out
     * @param errors is told of connections that end because of what their peers sent
     * @param whenIdentified is told of each connection, once, when a whole preface or a whole head of a request has come on it
     */
    public Gate(
            Http1Config http1,
            Duration readTimeout,
            Http2ConnectionSelector http2,
            StreamSupervisor supervisor,
            AcceptedSockets sockets,
            SocketPoller poller,
            Http2Limits http2Limits,
            long maxFrames,
            PeerErrors errors,
            Consumer<SocketChannel> whenIdentified) {
        this.errors = errors;
        this.whenIdentified = whenIdentified;
        this.limits = Http1Limits.defaults().atMost(http1.maxPrologueLength(), http1.maxHeadersSize(), readTimeout);
        this.http1 = Http1ConnectionSelector.builder() // without upgraders: the gate drops Upgrade
                .config(Http1Config.builder()
                        .from(http1)
                        .maxPrologueLength(limits.requestLine() + ROOM)
                        .maxHeadersSize(limits.fields() + ROOM)
                        .build())
                .build();
        this.http2 = http2;
        this.supervisor = supervisor;
        this.sockets = sockets;
        this.poller = poller;
        this.http2Limits = http2Limits;
        this.maxFrames = maxFrames;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of("h2", "http/1.1");
    }

    @Override
    public ServerConnection connection(ConnectionContext socket) {
        SocketChannel channel =
                sockets.claim(socket.localPeer().address(), socket.remotePeer().address());
        Closeable wire = channel == null ? socket.serverSocket()::close : channel;
        Wire below = new BlockingWire(socket, wire);
        long connectedAt = supervisor.nanoTime();
        return new GateConnection(
                below,
                supervisor,
                first -> http2(socket, channel, wire, first),
                first -> http1(socket, channel, below, first, connectedAt),
                limits.head().plus(AFTER_ADMISSION),
                connectedAt);
    }

    private ServerConnection http2(
            ConnectionContext socket, @Nullable SocketChannel channel, Closeable wire, byte[] first) {
        identified(channel);
        GatewayConnection connection = new GatewayConnection(
                socket,
                socketOf(socket, channel, wire, first),
                http2Limits,
                held,
                errors,
                maxFrames,
                supervisor::nanoTime);
        return new SupervisedConnection(connection, http2.connection(connection), supervisor);
    }

    private ServerConnection http1(
            ConnectionContext socket, @Nullable SocketChannel channel, Wire below, byte[] first, long connectedAt) {
        Runnable shutOutput = channel == null || socket.isSecure() ? () -> {} : () -> shutOutput(channel);
        Http1Filter filter = new Http1Filter(
                socket,
                below,
                first,
                shutOutput,
                () -> identified(channel),
                (cause, detail) -> errors.report(socket.remotePeer().host(), cause, detail),
                limits,
                supervisor::nanoTime,
                connectedAt);
        return new Http1Half(filter, http1.connection(filter), supervisor);
    }

    /** The peer has sent a whole preface, or a whole head of a request: its connection is more than a silent one. */
    private void identified(@Nullable SocketChannel channel) {
        if (channel != null) {
            whenIdentified.accept(channel);
        }
    }

    private static void shutOutput(SocketChannel channel) {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    /** The socket for a connection of HTTP/2: one that does not wait, where that can be. */
    private GatewaySocket socketOf(
            ConnectionContext socket, @Nullable SocketChannel channel, Closeable wire, byte[] first) {
        if (channel != null && !socket.isSecure()) {
            ChannelSocket polled = new ChannelSocket(channel, supervisor::nanoTime);
            if (poller.add(polled)) {
                polled.begin(first);
                return polled;
            }
        }
        return new BegunSocket(
                new StreamSocket(socket.dataReader(), socket.dataWriter(), wire, supervisor::nanoTime), first);
    }
}

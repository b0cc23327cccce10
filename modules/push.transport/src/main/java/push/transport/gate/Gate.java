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
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of the gate: accepts every connection, and has Helidon serve it with a filter around its socket.
 *
 * <p>The gate must be the only selector of its server. Helidon then asks the gate at once, with and without ALPN. With
 * several selectors, Helidon would examine the first bytes itself, and recognizes only whole prefaces and HTTP/1.1.
 */
public final class Gate implements ServerConnectionSelector {

    /** Room for what the gate adds to a head, in bytes, so that a head never exceeds Helidon's own limits. */
    private static final int ROOM = 1024;

    /**
     * The send buffer of each accepted socket, in bytes. The kernel would let the buffer grow to megabytes, which a
     * slow reader takes minutes to read. Meanwhile, a PING that waits behind those bytes is not acknowledged, and on a
     * blocking socket the hub cannot see that the reader makes progress. A {@link ChannelSocket} enlarges the buffer
     * for a fast reader.
     */
    public static final int SEND_BUFFER_BYTES = 1 << 18;

    /**
     * How much later than {@link Admission} the gate ends a silent connection. Admission reports the connections that
     * it ends; the gate's own deadline is for connections that Admission does not know.
     */
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
    private final InstantSource clock;

    /**
     * @param http1 Helidon's settings for HTTP/1; where they and the gate both set a limit, the smaller one applies
     * @param readTimeout how long a peer may send nothing within an HTTP/1 request; zero for no limit
     * @param http2Limits the limits of each HTTP/2 connection
     * @param maxFrames the number of DATA frames that Helidon may write before a connection is exhausted
     * @param errors receives a report of each connection that ends because of what its peer sent
     * @param clock the wall clock, for responses
     * @param whenIdentified called once for each connection, when a whole preface or request head has arrived
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
            InstantSource clock,
            Consumer<SocketChannel> whenIdentified) {
        this.clock = clock;
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
        return new ProtocolDetector(
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
        Http2Filter connection = new Http2Filter(
                socket,
                socketOf(socket, channel, wire, first),
                http2Limits,
                held,
                errors,
                maxFrames,
                clock,
                supervisor::nanoTime);
        return new SupervisedHttp2Connection(connection, http2.connection(connection), supervisor);
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
                clock,
                supervisor::nanoTime,
                connectedAt);
        return new SupervisedHttp1Connection(filter, http1.connection(filter), supervisor);
    }

    /** The peer has sent a whole preface or request head, so its connection is identified. */
    private void identified(@Nullable SocketChannel channel) {
        if (channel != null) {
            whenIdentified.accept(channel);
        }
    }

    private static void shutOutput(SocketChannel channel) {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // The channel is closed already.
        }
    }

    /** The socket for an HTTP/2 connection: a non-blocking one, unless it uses TLS or its channel is not known. */
    private Http2Socket socketOf(
            ConnectionContext socket, @Nullable SocketChannel channel, Closeable wire, byte[] first) {
        if (channel != null && !socket.isSecure()) {
            ChannelSocket polled = new ChannelSocket(channel, supervisor::nanoTime);
            if (poller.add(polled)) {
                polled.begin(first);
                return polled;
            }
        }
        return new PushbackSocket(
                new BlockingSocket(socket.dataReader(), socket.dataWriter(), wire, supervisor::nanoTime), first);
    }
}

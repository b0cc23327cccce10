package push.transport.gate;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.http.http2.FlowControl;
import io.helidon.webserver.ConnectionContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The filter around an HTTP/2 connection. What the peer sends passes through {@link Http2Inbound} before Helidon reads
 * it, and what Helidon writes passes through {@link Http2Outbound}. To Helidon the peer has one window for each stream,
 * sends well-formed frames one at a time, and never pings.
 */
public final class Http2Filter extends ForwardingContext {

    private final Http2Socket below;
    private final Http2Limits limits;
    private final HeldBytes.Account held;
    private final LongSupplier nanoTime;
    private final Http2Streams streams;
    private final SerialWriter writer;
    private final StreamThreads threads;
    private final ConnectionEnd connectionEnd;
    private final Http2Reader reader;
    private final Http2Monitor monitor;
    private final LastPing lastPing = new LastPing();
    private final HelidonLimits helidonLimits;
    private final DataReader helidonReader;
    private final DataWriter helidonWriter;
    private final ExecutorService helidonExecutor;
    private final AtomicInteger subscriptions = new AtomicInteger();

    /**
     * @param clock the wall clock, for responses
     * @param nanoTime the clock for deadlines, as {@link StreamSupervisor#nanoTime}
     */
    Http2Filter(
            ConnectionContext socket,
            Http2Socket below,
            Http2Limits limits,
            HeldBytes held,
            PeerErrors errors,
            long maxFrames,
            InstantSource clock,
            LongSupplier nanoTime) {
        super(socket);
        this.below = below;
        this.limits = limits;
        this.held = held.open();
        this.nanoTime = nanoTime;
        this.helidonLimits = new HelidonLimits(maxFrames);
        this.streams = new Http2Streams(nanoTime.getAsLong(), this.held);
        this.writer = new SerialWriter(below);
        this.connectionEnd = new ConnectionEnd(
                below, writer, streams, (cause, detail) -> errors.report(peer(), cause, detail), nanoTime);
        InboundQueue inboundQueue = new InboundQueue();
        PendingResponses pending = new PendingResponses(streams, this.held, nanoTime);
        InboundBodies bodies = new InboundBodies(streams, writer, inboundQueue, this.held, nanoTime);
        StreamEnds ends = new StreamEnds(streams, pending, bodies, writer, below, inboundQueue, nanoTime);
        Http2Outbound outbound = new Http2Outbound(streams, writer, pending, ends, clock, nanoTime);
        PeerBudget budget = new PeerBudget(nanoTime);
        InboundRequests requests = new InboundRequests(
                streams, outbound, pending, inboundQueue, limits, bodies, ends, budget, this.held, nanoTime);
        Http2Inbound inbound = new Http2Inbound(
                new HeaderBlocks(requests, budget, nanoTime),
                new PeerSettings(outbound, streams.windows(), writer, budget),
                new FrameHandler(streams, outbound, bodies, ends, writer, lastPing, budget),
                this.held,
                nanoTime);
        this.threads = new StreamThreads(streams, bodies, ends, writer, nanoTime);
        this.reader = new Http2Reader(
                below, streams, inbound, ends, threads, inboundQueue, writer, helidonLimits, connectionEnd, nanoTime);
        Deadlines deadlines = new Deadlines(streams, ends, outbound, this.held);
        this.monitor =
                new Http2Monitor(below, streams, reader, inbound, deadlines, writer, helidonLimits, connectionEnd);
        this.helidonReader = DataReader.create(reader::read);
        this.helidonWriter =
                new HelidonWriter(streams, outbound, bodies, ends, connectionEnd, writer, below, helidonLimits);
        this.helidonExecutor = new StreamExecutor(socket.executor(), () -> threads.submitted(reader.lastRequest()));
    }

    /** Sends the hub's settings to the peer, and passes those of an ideal peer to Helidon. */
    void begin() {
        writer.control(ControlFrames.settings(
                Http2.MAX_CONCURRENT_STREAMS, limits.maxStreams(),
                Http2.MAX_HEADER_LIST_SIZE, limits.maxHeaderListBytes()));
        writer.control(ControlFrames.windowUpdate(0, InboundBodies.CONNECTION_WINDOW - Http2.INITIAL_WINDOW));
        writer.flushControls();
        reader.begin();
    }

    // What Helidon uses.

    @Override
    public DataReader dataReader() {
        return helidonReader;
    }

    @Override
    public DataWriter dataWriter() {
        return helidonWriter;
    }

    @Override
    public ExecutorService executor() {
        return helidonExecutor;
    }

    void setHelidonWindow(int id, FlowControl.Outbound window) {
        Http2Stream stream = streams.get(id);
        if (stream != null) {
            synchronized (streams) {
                stream.setHelidonWindow(window);
            }
        }
    }

    // What push streams use.

    /** The gate's side of a stream; null when the stream is already over. */
    public @Nullable Http2Stream stream(int id) {
        return streams.get(id);
    }

    /** Writes whole frames. */
    public SerialWriter writer() {
        return writer;
    }

    /**
     * Reserves one of the connection's places for subscriptions.
     *
     * @param places the number of subscriptions that the connection may hold
     * @return false when all places are taken; otherwise {@link #releaseSubscription} must be called once
     */
    public boolean tryReserveSubscription(int places) {
        return subscriptions.getAndUpdate(now -> now < places ? now + 1 : now) < places;
    }

    /** Returns a place that {@link #tryReserveSubscription} reserved. */
    public void releaseSubscription() {
        subscriptions.decrementAndGet();
    }

    /** A number that changes whenever the socket accepts bytes that had to wait. */
    public long progress() {
        return below.progress().steps();
    }

    /** The peer's address and port; "unknown" if the connection is already gone. */
    public String peer() {
        SocketAddress address = remotePeer().address();
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unknown";
    }

    public boolean isOpen() {
        return !connectionEnd.isCut() && !streams.isEnded() && serverSocket().isConnected();
    }

    /** Whether the streams should be moved to another connection. */
    public boolean isExhausted() {
        return helidonLimits.isExhausted();
    }

    /** Closes the socket; pending reads and writes fail. */
    public void cut() {
        connectionEnd.cut();
    }

    // What the supervisor uses.

    int pushStreams() {
        return streams.attached();
    }

    long quietNanos() {
        return streams.quietNanos(nanoTime.getAsLong());
    }

    /** Checks the connection: see {@link Http2Monitor#check}. */
    void check(long now, long keepaliveNanos) {
        monitor.check(now, keepaliveNanos);
    }

    /** Tells the peer to open no more streams here. */
    void goAway() {
        writer.control(LastPing.frames());
        writer.flushControls();
    }

    /** Whether the connection can be closed after {@link #goAway} without a push stream losing anything. */
    boolean mayClose() {
        return streams.isEnded() || !streams.everHadAny() || lastPing.isAnswered();
    }

    /** Helidon has stopped reading: the connection has ended, and nothing more is written. */
    void ended() {
        reader.over();
        threads.endInput();
        held.close();
        if (below.writesWithoutWaiting() || !writer.tryShut()) { // TLS sends a close_notify, unless a write is stuck
            cut();
        }
    }
}

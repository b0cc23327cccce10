package push.transport.gate;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.http.http2.FlowControl;
import io.helidon.webserver.ConnectionContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The filter around an HTTP/2 connection. What the peer sends passes through {@link Http2Inbound} before Helidon reads
 * it, and what Helidon writes passes through {@link Http2Outbound}. To Helidon the peer has one window for each stream,
 * sends well-formed frames one at a time, and never pings.
 */
public final class GatewayConnection extends ForwardingContext implements Http2Outbound.Helidon {

    /** How long the peer may read the GOAWAY after a connection error, before the socket is closed. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long INCOMPLETE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** At 1 KiB/s, the slowest pace allowed for a body, the longest frame takes 16 s. */
    private static final long INCOMPLETE_FRAME_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** The limit of waiting control frames, in bytes. Only a peer that floods the hub and does not read exceeds it. */
    private static final int MAX_CONTROL_BYTES = 1 << 17;

    private static final int HELIDON_MAX_FRAME = 0xff_ffff;

    private final GatewaySocket below;
    private final DataReader reader = DataReader.create(this::read);
    private final SerialWriter writer;
    private final Http2Streams streams;
    private final Inlet inlet = new Inlet();
    private final LastPing lastPing = new LastPing();
    private final Http2Limits limits;
    private final Http2Outbound outbound;
    private final Http2Inbound inbound;
    private final Deadlines deadlines;
    private final ServedStreams served;
    private final Wear wear;
    private final HeldBytes.Share held;
    private final LongSupplier nanoTime;
    private final PeerErrors errors;
    private final AtomicInteger subscriptions = new AtomicInteger();
    private volatile long lastHeard;
    private volatile boolean cut;
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile long failedAt;

    // Only Helidon's reading thread uses these.
    private boolean isOver;
    private int handed;

    // Only the supervisor's thread uses these.
    private final Silence silence = new Silence();
    private boolean toldToMove;

    GatewayConnection(
            ConnectionContext socket,
            GatewaySocket below,
            Http2Limits limits,
            HeldBytes held,
            PeerErrors errors,
            long maxFrames,
            LongSupplier nanoTime) {
        super(socket);
        this.nanoTime = nanoTime;
        this.lastHeard = nanoTime.getAsLong();
        this.below = below;
        this.limits = limits;
        this.errors = errors;
        this.wear = new Wear(maxFrames);
        this.held = held.share();
        this.streams = new Http2Streams(nanoTime.getAsLong(), this.held);
        this.writer = new SerialWriter(below);
        this.outbound = new Http2Outbound(streams, writer, wear, this.held, nanoTime, this);
        this.inbound = new Http2Inbound(streams, outbound, inlet, limits, lastPing, this.held, nanoTime);
        this.deadlines = new Deadlines(streams, inbound.ends(), outbound, this.held);
        this.served = new ServedStreams(socket.executor(), this::handedStream);
    }

    /** Sends the hub's settings to the peer, and passes the preface and the settings of an ideal peer to Helidon. */
    void begin() {
        outbound.control(ControlFrames.settings(
                Http2.MAX_CONCURRENT_STREAMS, limits.maxStreams(),
                Http2.MAX_HEADER_LIST_SIZE, limits.maxHeaderListBytes()));
        outbound.control(ControlFrames.windowUpdate(0, InboundBodies.CONNECTION_WINDOW - Http2.INITIAL_WINDOW));
        outbound.flushControls();
        inlet.add(Preface.bytes());
        inlet.add(ControlFrames.settings(
                Http2.INITIAL_WINDOW_SIZE, Http2Outbound.HELIDON_WINDOW, Http2.MAX_FRAME_SIZE, HELIDON_MAX_FRAME));
        inlet.add(ControlFrames.windowUpdate(0, Http2.MAX_WINDOW - Http2.INITIAL_WINDOW));
    }

    /** The next bytes for Helidon; null at the end. Helidon calls this when it has handled everything before. */
    private byte @Nullable [] read() {
        while (true) {
            if (failed.get()) {
                over(); // first: Helidon must learn of the streams' end before the connection's
            }
            byte[] frame = inlet.poll();
            if (frame != null) {
                return handed(frame);
            }
            if (isOver) {
                linger();
                return null;
            }
            byte[] bytes = below.read();
            if (bytes == null) {
                over();
            } else if (bytes.length > 0 && !failed.get()) {
                lastHeard = nanoTime.getAsLong();
                heard(bytes);
            }
        }
    }

    private byte[] handed(byte[] frame) {
        int type = frame.length < Http2.FRAME_HEADER_BYTES ? -1 : frame[3];
        boolean last = type == Http2.RST_STREAM
                || ((type == Http2.HEADERS || type == Http2.DATA) && (frame[4] & Http2.END_STREAM) != 0);
        if (last) {
            streams.endHanded(Http2.intAt(frame, 5));
        }
        if (type == Http2.HEADERS) {
            handed = Http2.intAt(frame, 5);
            int due = wear.dueUpdate();
            if (due > 0) {
                inlet.add(ControlFrames.windowUpdate(0, due));
            }
        }
        return frame;
    }

    private void heard(byte[] bytes) {
        try {
            inbound.add(bytes);
            if (writer.controlBytes() > MAX_CONTROL_BYTES) {
                throw new ConnectionError(Http2.ENHANCE_YOUR_CALM, "the peer does not read what it asks for");
            }
        } catch (ConnectionError e) {
            fail(e.code(), String.valueOf(e.getMessage()));
        }
        outbound.flushControls();
    }

    /** Sends a GOAWAY with the reason. The connection closes when the peer closes its side, or after a second. */
    private void fail(int code, String why) {
        if (!failed.compareAndSet(false, true)) {
            return;
        }
        failedAt = nanoTime.getAsLong();
        errors.report(peer(), Cause.ofHttp2(code), why);
        outbound.control(ControlFrames.goAway(streams.last(), code, why));
        outbound.flushControls();
        below.wakeReader();
    }

    /** The peer sends no more: all streams end. */
    private void over() {
        if (isOver) {
            return;
        }
        isOver = true;
        streams.end();
        streams.all().forEach(inbound.ends()::end);
        inbound.close();
    }

    /**
     * Reads and discards what the peer still sends: closing a socket with unread bytes can reset the connection, and
     * the peer would lose the GOAWAY.
     */
    private void linger() {
        while (failed.get() && !cut && below.read() != null) {
            // The supervisor closes the socket after a second.
        }
    }

    // What Helidon does.

    @Override
    public void taken(GateStream stream, int length) {
        inbound.bodies().taken(stream, length);
        below.wakeReader();
    }

    @Override
    public void answeredEarly(GateStream stream) {
        inbound.ends().answeredEarly(stream);
    }

    @Override
    public void closeEarly(GateStream stream) {
        inbound.ends().closeEarly(stream);
    }

    @Override
    public void reset(GateStream stream, int code) {
        inbound.ends().reset(stream, code);
    }

    @Override
    public void goAway(int code, String why) {
        fail(code, why);
    }

    @Override
    public void wakeReader() {
        below.wakeReader();
    }

    void servedWith(int id, FlowControl.Outbound window) {
        GateStream stream = streams.get(id);
        if (stream != null) {
            synchronized (streams) {
                stream.servedWith(window);
            }
        }
    }

    /** The callbacks of the task that serves the stream whose request Helidon read last. */
    private ServedStreams.Life handedStream() {
        GateStream stream = streams.submitted(handed);
        return new ServedStreams.Life() {

            @Override
            public void begins() {
                if (stream != null) {
                    streams.servedBy(stream, Thread.currentThread());
                }
            }

            @Override
            public void ended() {
                if (stream != null) {
                    streams.servedBy(stream, null);
                    served(stream);
                }
            }
        };
    }

    private void served(GateStream stream) {
        boolean hasFailed;
        synchronized (streams) {
            stream.isServed = false;
            inbound.bodies().drop(stream); // Helidon no longer reports which frames a handler takes
            hasFailed = !stream.localEnded && stream.gated == null; // a push stream may be answered by another thread
            streams.forgetIfDone(stream, nanoTime.getAsLong());
        }
        if (hasFailed) { // its handler ended without a response
            inbound.ends().reset(stream, Http2.INTERNAL_ERROR);
        }
        outbound.flushControls();
        stream.runWhenServed();
    }

    // What push streams use.

    /** The gate's side of a stream; null when the stream is already over. */
    public @Nullable GateStream stream(int id) {
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
     * @return false when all places are taken; otherwise {@link #servedNoMore} must be called once
     */
    public boolean tryServe(int places) {
        return subscriptions.getAndUpdate(now -> now < places ? now + 1 : now) < places;
    }

    /** Returns a place that {@link #tryServe} reserved. */
    public void servedNoMore() {
        subscriptions.decrementAndGet();
    }

    /** A number that changes whenever the socket accepts bytes that had to wait. */
    public long progress() {
        return below.progress();
    }

    /** The peer's address and port; "unknown" if the connection is already gone. */
    public String peer() {
        SocketAddress address = remotePeer().address();
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unknown";
    }

    public boolean isOpen() {
        return !cut && !streams.isEnded() && serverSocket().isConnected();
    }

    /** Whether the streams should be moved to another connection. */
    public boolean isWornOut() {
        return wear.isWornOut();
    }

    /** Closes the socket; pending reads and writes fail. */
    public void cut() {
        cut = true;
        below.cut();
    }

    // The end, and the supervisor's look.

    int pushStreams() {
        return streams.attached();
    }

    long quietNanos() {
        return streams.quietNanos(nanoTime.getAsLong());
    }

    /** Helidon has stopped reading: the connection has ended, and nothing more is written. */
    void ended() {
        over();
        streams.endWaiting();
        held.close();
        if (below.writesWithoutWaiting() || !writer.tryShut()) { // TLS sends a close_notify, unless a write is stuck
            cut();
        }
    }

    /**
     * Called by the supervisor four times a second. Ends streams and frames that take too long, sends a PING to a
     * silent peer, cuts the connection of a peer that does not acknowledge it or does not read, and sends a GOAWAY when
     * the connection is worn out.
     *
     * @param now the time on the scale of {@link StreamSupervisor#nanoTime}
     * @param keepaliveNanos how long a peer may be silent, or read nothing of what waits for it, in nanoseconds
     */
    void look(long now, long keepaliveNanos) {
        if (failed.get() && now - failedAt > LINGER_NANOS) {
            cut();
            return;
        }
        if (now - below.waitingSince().orElse(now) > keepaliveNanos) {
            errors.report(peer(), Cause.SILENT, "it reads nothing"); // even if it keeps sending
            cut();
            return;
        }
        if (isWornOut() && !toldToMove) {
            toldToMove = true;
            goAway(ControlFrames.goAway()); // before its streams end, so that their gateways do not reconnect here
        }
        streams.look(now);
        deadlines.look(now);
        if (inbound.incompleteNanos(now) > INCOMPLETE_NANOS) {
            fail(Http2.ENHANCE_YOUR_CALM, "a header block was not complete within 10 s");
        }
        if (inbound.incompleteFrameNanos(now) > INCOMPLETE_FRAME_NANOS) {
            fail(Http2.ENHANCE_YOUR_CALM, "a frame was not complete within 20 s");
        }
        if (streams.count() == 0) {
            silence.reset();
            return;
        }
        long alive = Math.max(lastHeard - now, below.acknowledgedAt().orElse(lastHeard) - now) + now;
        switch (silence.step(now, alive, keepaliveNanos)) {
            case ASK -> goAway(ControlFrames.ping());
            case GIVE_UP -> {
                errors.report(peer(), Cause.SILENT, "no answer to a ping");
                cut();
            }
            case WAIT -> {}
        }
    }

    /** Tells the peer to open no more streams here. */
    void goAway() {
        goAway(LastPing.frames());
    }

    private void goAway(byte[] frames) {
        outbound.control(frames);
        outbound.flushControls();
    }

    /** Whether the connection can be closed after {@link #goAway} without a push stream losing anything. */
    boolean mayClose() {
        return streams.isEnded() || !streams.everHadAny() || lastPing.isAnswered();
    }

    @Override
    public ExecutorService executor() {
        return served;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return outbound;
    }
}

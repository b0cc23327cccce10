package push.transport.gate;

import java.util.concurrent.TimeUnit;

/**
 * Watches one HTTP/2 connection: ends what takes too long, sends a PING to a silent peer, cuts the connection of a peer
 * that does not acknowledge it or does not read, and sends a GOAWAY when the connection is exhausted. For the
 * supervisor's thread.
 */
final class Http2Monitor {

    private static final long INCOMPLETE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** At 1 KiB/s, the slowest pace allowed for a body, the longest frame takes 16 s. */
    private static final long INCOMPLETE_FRAME_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Http2Socket socket;
    private final Http2Streams streams;
    private final Http2Reader reader;
    private final Http2Inbound inbound;
    private final Deadlines deadlines;
    private final SerialWriter writer;
    private final HelidonLimits helidonLimits;
    private final ConnectionEnd connectionEnd;
    private final KeepaliveCheck keepalive = new KeepaliveCheck();
    private boolean hasSentGoAway;

    Http2Monitor(
            Http2Socket socket,
            Http2Streams streams,
            Http2Reader reader,
            Http2Inbound inbound,
            Deadlines deadlines,
            SerialWriter writer,
            HelidonLimits helidonLimits,
            ConnectionEnd connectionEnd) {
        this.socket = socket;
        this.streams = streams;
        this.reader = reader;
        this.inbound = inbound;
        this.deadlines = deadlines;
        this.writer = writer;
        this.helidonLimits = helidonLimits;
        this.connectionEnd = connectionEnd;
    }

    /**
     * Checks the connection. Must be called four times a second.
     *
     * @param now the time on the scale of {@link StreamSupervisor#nanoTime}
     * @param keepaliveNanos how long a peer may be silent, or read nothing of what waits for it, in nanoseconds
     */
    void check(long now, long keepaliveNanos) {
        if (connectionEnd.hasLingered(now)) {
            connectionEnd.cut();
            return;
        }
        if (now - socket.progress().waitingSince().orElse(now) > keepaliveNanos) {
            connectionEnd.cut(Cause.SILENT, "the peer reads nothing"); // even if it keeps sending
            return;
        }
        if (helidonLimits.isExhausted() && !hasSentGoAway) {
            hasSentGoAway = true;
            send(ControlFrames.goAway()); // before its streams end, so that their gateways do not reconnect here
        }
        streams.check(now);
        deadlines.check(now);
        writer.flushControls();
        if (inbound.incompleteNanos(now) > INCOMPLETE_NANOS) {
            connectionEnd.fail(Http2.ENHANCE_YOUR_CALM, "a header block was not complete within 10 s");
        }
        if (inbound.incompleteFrameNanos(now) > INCOMPLETE_FRAME_NANOS) {
            connectionEnd.fail(Http2.ENHANCE_YOUR_CALM, "a frame was not complete within 20 s");
        }
        checkKeepalive(now, keepaliveNanos);
    }

    private void checkKeepalive(long now, long keepaliveNanos) {
        if (streams.count() == 0) {
            keepalive.reset();
            return;
        }
        long lastHeard = reader.lastHeard();
        long alive =
                Math.max(lastHeard - now, socket.progress().acknowledgedAt().orElse(lastHeard) - now) + now;
        switch (keepalive.next(now, alive, keepaliveNanos)) {
            case PING -> send(ControlFrames.ping());
            case CUT -> connectionEnd.cut(Cause.SILENT, "the peer did not acknowledge a PING");
            case NONE -> {}
        }
    }

    private void send(byte[] frame) {
        writer.control(frame);
        writer.flushControls();
    }
}

package push.transport.gate;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * How the hub ends an HTTP/2 connection: with a connection error (RFC 9113, section 5.4.1), which the peer has a second
 * to read, or by closing the socket at once. Thread-safe.
 */
final class ConnectionEnd {

    /** How long the peer may read the GOAWAY after a connection error, before the socket is closed. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Http2Socket socket;
    private final SerialWriter writer;
    private final Http2Streams streams;
    private final BiConsumer<Cause, String> report;
    private final LongSupplier nanoTime;
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile long failedAt;
    private volatile boolean cut;

    /** @param report called when the peer's fault ends the connection, with the details */
    ConnectionEnd(
            Http2Socket socket,
            SerialWriter writer,
            Http2Streams streams,
            BiConsumer<Cause, String> report,
            LongSupplier nanoTime) {
        this.socket = socket;
        this.writer = writer;
        this.streams = streams;
        this.report = report;
        this.nanoTime = nanoTime;
    }

    /**
     * Sends a GOAWAY with the reason. The connection closes when the peer closes its side, or after a second. Does
     * nothing after an earlier failure.
     */
    void fail(int code, String why) {
        if (!failed.compareAndSet(false, true)) {
            return;
        }
        failedAt = nanoTime.getAsLong();
        report.accept(Cause.ofHttp2(code), why);
        writer.control(ControlFrames.goAway(streams.last(), code, why));
        writer.flushControls();
        socket.wakeReader();
    }

    boolean hasFailed() {
        return failed.get();
    }

    /** Whether the peer of a failed connection has had its time to read the reason. */
    boolean hasLingered(long now) {
        return failed.get() && now - failedAt > LINGER_NANOS;
    }

    /** Closes the socket; pending reads and writes fail. */
    void cut() {
        cut = true;
        socket.cut();
    }

    /** As {@link #cut}, and reports why. */
    void cut(Cause cause, String why) {
        report.accept(cause, why);
        cut();
    }

    boolean isCut() {
        return cut;
    }
}

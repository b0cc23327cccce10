package push.transport.gate;

import java.util.concurrent.TimeUnit;

/**
 * Enforces how long an HTTP/2 stream may take to send its request and to read its response. Push streams have their own
 * limits. Only the supervisor's thread may call this class.
 */
final class Deadlines {

    /**
     * How long a gRPC stream may stay open while its client has not sent END_STREAM and no bytes move in either
     * direction.
     */
    private static final long SILENT = TimeLimits.SILENT.toNanos();

    private static final long SLOW_AFTER = TimeLimits.SLOW_AFTER.toNanos();
    private static final long WHOLE_REQUEST = TimeLimits.WHOLE_REQUEST.toNanos();
    private static final long RESPONSE_STALL = TimeLimits.RESPONSE_STALL.toNanos();

    /**
     * When the connection may hold no more bytes, a stream that holds more than this many bytes of its body is reset.
     */
    private static final int MUCH = 1 << 14;

    private final Http2Streams streams;
    private final StreamEnds ends;
    private final Http2Outbound outbound;
    private final HeldBytes.Account held;

    Deadlines(Http2Streams streams, StreamEnds ends, Http2Outbound outbound, HeldBytes.Account held) {
        this.streams = streams;
        this.ends = ends;
        this.outbound = outbound;
        this.held = held;
    }

    /** @param now the time on the scale of {@link StreamSupervisor#nanoTime} */
    void check(long now) {
        for (Http2Stream stream : streams.all()) {
            synchronized (streams) {
                if (stream.listener == null && !stream.isOver()) {
                    check(stream, now);
                }
            }
        }
    }

    private void check(Http2Stream stream, long now) {
        if (stream.toSend.first() != null && now - stream.sentAt > RESPONSE_STALL) {
            ends.reset(stream, Http2.CANCEL);
        } else if (stream.unconsumed > MUCH && held.isFull()) {
            ends.reset(stream, Http2.ENHANCE_YOUR_CALM);
        } else if (stream.remoteEnded) {
            return;
        } else if (stream.isGrpc) {
            if (isTooSilent(stream, now)) {
                ends.reset(stream, Http2.CANCEL);
            }
        } else if (isTooSlow(stream, now)) {
            endRequest(stream);
        }
    }

    /** Until it is answered, a gRPC call has as much time as any other request, even while it sends more. */
    private static boolean isTooSilent(Http2Stream stream, long now) {
        return stream.hasResponse
                ? now - stream.heardAt > SILENT && now - stream.sentAt > SILENT
                : now - stream.openedAt > WHOLE_REQUEST;
    }

    private static boolean isTooSlow(Http2Stream stream, long now) {
        long age = now - stream.openedAt;
        return age > WHOLE_REQUEST
                || (age > SLOW_AFTER
                        && stream.bodyBytes < TimeLimits.MIN_BYTES_A_SECOND * TimeUnit.NANOSECONDS.toSeconds(age));
    }

    private void endRequest(Http2Stream stream) {
        if (!stream.hasResponse) {
            outbound.respond(
                    stream,
                    new Problem(408, "the request body arrived at less than 1 KiB/s, or took longer than 30 s"),
                    true);
        } else if (stream.localEnded && stream.toSend.first() == null) {
            ends.reset(stream, Http2.NO_ERROR); // the request is answered, and the peer need not send the rest
        } else if (!stream.localEnded) {
            ends.reset(stream, Http2.CANCEL);
        }
    }
}

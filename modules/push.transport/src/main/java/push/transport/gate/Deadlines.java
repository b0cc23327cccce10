package push.transport.gate;

import java.util.concurrent.TimeUnit;

/**
 * How long a stream over HTTP/2 may take to bring its request, and to take its answer. For the supervisor's thread. Push
 * streams have limits of their own.
 */
final class Deadlines {

    /** From then on a body must have come at {@link #MIN_BYTES_A_SECOND}. */
    private static final long SLOW_AFTER = TimeUnit.SECONDS.toNanos(10);

    private static final long MIN_BYTES_A_SECOND = 1_024;

    /** A whole request, however fast it comes. */
    private static final long WHOLE_REQUEST = TimeUnit.SECONDS.toNanos(30);

    /** A stream of gRPC whose client may send more, and neither side does. */
    private static final long SILENT = TimeUnit.SECONDS.toNanos(30);

    /** Where the connection holds too much, a stream that holds more than this ends. */
    private static final int MUCH = 1 << 14;

    /** An answer of which nothing is taken. */
    private static final long UNTAKEN = TimeUnit.SECONDS.toNanos(30);

    private final Http2Streams streams;
    private final StreamEnds ends;
    private final Http2Outbound outbound;
    private final HeldBytes.Share held;

    Deadlines(Http2Streams streams, StreamEnds ends, Http2Outbound outbound, HeldBytes.Share held) {
        this.streams = streams;
        this.ends = ends;
        this.outbound = outbound;
        this.held = held;
    }

    /** @param now on the scale of {@link System#nanoTime} */
    void look(long now) {
        for (GateStream stream : streams.all()) {
            synchronized (streams) {
                if (stream.gated == null && !stream.isOver()) {
                    look(stream, now);
                }
            }
        }
        outbound.flushControls();
    }

    private void look(GateStream stream, long now) {
        if (stream.toSend.first() != null && now - stream.sentAt > UNTAKEN) {
            ends.reset(stream, Http2.CANCEL);
        } else if (stream.unreturned > MUCH && held.isFull()) {
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

    /** Until it is answered, a call has as long as any request: what it brings meanwhile is no answer to its own. */
    private static boolean isTooSilent(GateStream stream, long now) {
        return stream.isAnswered
                ? now - stream.heardAt > SILENT && now - stream.sentAt > SILENT
                : now - stream.openedAt > WHOLE_REQUEST;
    }

    private static boolean isTooSlow(GateStream stream, long now) {
        long age = now - stream.openedAt;
        return age > WHOLE_REQUEST
                || (age > SLOW_AFTER && stream.bodyBytes < MIN_BYTES_A_SECOND * TimeUnit.NANOSECONDS.toSeconds(age));
    }

    private void endRequest(GateStream stream) {
        if (!stream.isAnswered) {
            outbound.answer(
                    stream,
                    GateAnswer.of(408, "the request's body came at less than 1 KiB a second, or took more than 30 s"),
                    true);
        } else if (stream.localEnded && stream.toSend.first() == null) {
            ends.reset(stream, Http2.NO_ERROR); // it is answered, and need not send the rest
        } else if (!stream.localEnded) {
            ends.reset(stream, Http2.CANCEL);
        }
    }
}

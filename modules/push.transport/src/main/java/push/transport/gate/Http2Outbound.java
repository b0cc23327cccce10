package push.transport.gate;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends responses, both Helidon's and the gate's own, as far as the peer's windows allow. Thread-safe.
 *
 * <p>Helidon holds a lock of the whole connection while it writes, and therefore never waits for a window here: bytes
 * for which a window has no room wait in the stream's {@link SendQueue}, and Helidon sees a window of one frame for
 * each stream. Window is reserved and frames are written under one lock, that of the {@link SerialWriter}. So frames go
 * out in the order in which their window was reserved, and no frame follows a reset.
 */
final class Http2Outbound {

    /** The largest number of bytes that Helidon may write to a stream before the gate has sent them. */
    static final int HELIDON_WINDOW = Http2.MAX_FRAME_BYTES;

    private static final int TABLE_BYTES = 4096;

    private final Http2Streams streams;
    private final SendWindows windows;
    private final SerialWriter writer;
    private final PendingResponses pending;
    private final StreamEnds ends;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private boolean tableChanged; // guarded by the streams

    /**
     * @param clock the wall clock, for responses
     * @param nanoTime the clock for deadlines, as {@link StreamSupervisor#nanoTime}
     */
    Http2Outbound(
            Http2Streams streams,
            SerialWriter writer,
            PendingResponses pending,
            StreamEnds ends,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.streams = streams;
        this.windows = streams.windows();
        this.writer = writer;
        this.pending = pending;
        this.ends = ends;
        this.clock = clock;
        this.nanoTime = nanoTime;
        writer.whenClaimed(this::flushPending);
    }

    /** Notes the table size of the peer's HPACK decoder. If it is reduced, the next header block acknowledges this. */
    void peerHasTableOf(long bytes) {
        synchronized (streams) {
            tableChanged |= bytes < TABLE_BYTES;
        }
    }

    // What is to be sent.

    /** Sends a header block. Waits for the socket, which Helidon's threads may do. */
    void headers(Http2Stream stream, List<HeaderField> fields, boolean last) {
        synchronized (streams) {
            if (stream.localEnded) {
                return;
            }
            queueHeaders(stream, fields, last);
        }
        flush(stream);
    }

    /** Sends a part of a body. Waits for the socket, which Helidon's threads may do. */
    void data(Http2Stream stream, byte[] payload, boolean last) {
        synchronized (streams) {
            if (stream.localEnded) {
                stream.credit(payload.length);
                return;
            }
            queueBody(stream, payload, last);
        }
        flush(stream);
    }

    /**
     * Sends a response of the gate. Does not wait.
     *
     * @param withBody false if the request is a HEAD
     */
    void respond(Http2Stream stream, Problem problem, boolean withBody) {
        GateResponse response = GateResponse.of(problem, clock.instant());
        List<HeaderField> fields = new ArrayList<>();
        fields.add(new HeaderField(":status", Integer.toString(response.status())));
        response.fields().forEach(field -> fields.add(new HeaderField(field.name(), field.value())));
        fields.add(new HeaderField("content-length", Integer.toString(response.body().length)));
        synchronized (streams) {
            queueHeaders(stream, fields, !withBody);
            if (withBody) {
                queueBody(stream, response.body(), true);
            }
        }
        writer.flushLater();
    }

    private void queueHeaders(Http2Stream stream, List<HeaderField> fields, boolean last) {
        stream.toSend.addHeaders(fields, last);
        stream.hasResponse |= !fields.getFirst().value().startsWith("1"); // 100 (Continue) only asks for the body
        queued(stream, 0, last);
    }

    private void queueBody(Http2Stream stream, byte[] body, boolean last) {
        stream.toSend.addBody(body, last);
        queued(stream, body.length, last);
    }

    private void queued(Http2Stream stream, int bytes, boolean last) {
        stream.localEnded |= last;
        pending.added(stream, bytes);
        if (last && !stream.remoteEnded && !endsWithReset(stream)) {
            ends.respondedEarly(stream);
        }
    }

    /** Whether the hub resets the stream after the response, so that the peer does not send the rest of its request. */
    private static boolean endsWithReset(Http2Stream stream) {
        return stream.isGrpc || !stream.isServed;
    }

    // What the windows allow.

    /** Writes what waits for a stream. */
    private void flush(Http2Stream stream) {
        writer.writeAll(() -> next(stream));
    }

    /** If anything waits for a window, starts to write what the windows allow now. */
    void flushSoon() {
        if (!pending.isEmpty()) {
            writer.flushLater();
        }
    }

    /** Writes what waits for all streams. The calling thread must have claimed the writer. */
    private void flushPending() {
        for (Http2Stream stream : pending.all()) {
            for (byte[] frame = next(stream); frame != null; frame = next(stream)) {
                writer.writeClaimed(ByteBuffer.wrap(frame));
            }
        }
    }

    /** The next frames of a stream, with their window reserved; null when none can be sent. */
    private byte @Nullable [] next(Http2Stream stream) {
        synchronized (streams) {
            SendQueue.Piece first = stream.toSend.first();
            if (first == null) {
                return null;
            }
            byte[] frames = first.fields() == null ? nextData(stream, first) : nextHeaders(stream, first.fields());
            if (frames == null) {
                return null;
            }
            stream.sentAt = nanoTime.getAsLong();
            return stream.toSend.first() == null ? last(stream, frames) : frames;
        }
    }

    private byte[] nextHeaders(Http2Stream stream, List<HeaderField> fields) {
        SendQueue.Piece block = stream.toSend.take(0);
        byte[] encoded = HpackEncoder.encode(fields, tableChanged);
        tableChanged = false;
        return ControlFrames.headers(stream.id, encoded, block.isLast());
    }

    private byte @Nullable [] nextData(Http2Stream stream, SendQueue.Piece first) {
        int granted = windows.reserve(stream, Math.min(first.length(), Http2.MAX_FRAME_BYTES));
        if (granted == 0 && first.length() > 0) {
            return null;
        }
        SendQueue.Piece part = stream.toSend.take(granted);
        pending.sent(stream, granted);
        int flags = part.isLast() ? Http2.END_STREAM : 0;
        return ControlFrames.frame(Http2.DATA, flags, stream.id, part.body(), part.offset(), part.length());
    }

    /**
     * Completes the last frames of a stream: adds a RST_STREAM if one must follow, and forgets the stream if it is
     * done.
     */
    private byte[] last(Http2Stream stream, byte[] frames) {
        pending.emptied(stream);
        byte[] all = frames;
        if (stream.localEnded && !stream.remoteEnded && endsWithReset(stream)) {
            byte[] reset = ControlFrames.reset(stream.id, Http2.NO_ERROR);
            all = Arrays.copyOf(frames, frames.length + reset.length);
            System.arraycopy(reset, 0, all, frames.length, reset.length);
            ends.closeEarly(stream);
        }
        streams.forgetIfDone(stream, nanoTime.getAsLong());
        return all;
    }
}

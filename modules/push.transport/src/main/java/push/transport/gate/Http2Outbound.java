package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends Helidon's frames and the gate's own frames to the peer. Thread-safe.
 *
 * <p>Helidon holds a lock of the whole connection while it writes, and therefore never waits for a window here: bytes
 * for which a window has no room wait in the stream's {@link SendQueue}, and Helidon sees a window of one frame for
 * each stream. Window is reserved and frames are written under one lock, that of the {@link SerialWriter}. So frames go
 * out in the order in which their window was reserved, and no frame follows a reset.
 */
final class Http2Outbound implements DataWriter {

    /** The largest number of bytes that Helidon may write to a stream before the gate has sent them. */
    static final int HELIDON_WINDOW = Http2.MAX_FRAME_BYTES;

    /** When more than this many bytes wait for windows, the peer may open no more streams. */
    private static final int CLOGGED_BYTES = 1 << 18;

    private static final int MAX_RESPONSE_FIELDS_BYTES = 1 << 20;
    private static final int TABLE_BYTES = 4096;

    private final Http2Streams streams;
    private final SerialWriter writer;
    private final Wear wear;
    private final HeldBytes.Share held;
    private final LongSupplier nanoTime;
    private final Helidon helidon;
    private final HpackDecoder hpack = new HpackDecoder(MAX_RESPONSE_FIELDS_BYTES); // guarded by Helidon's lock

    // Guarded by the streams.
    private final Set<GateStream> waiting = new LinkedHashSet<>();
    private int waitingBytes;
    private boolean tableChanged;

    /** Receives what happens on Helidon's side of the connection. */
    interface Helidon {

        /** A handler has taken a part of a body. */
        void taken(GateStream stream, int length);

        /** A response has ended before its request. */
        void answeredEarly(GateStream stream);

        /** As {@link #answeredEarly}; the peer is also told not to send the rest of its request. */
        void closeEarly(GateStream stream);

        /** Helidon has reset a stream. */
        void reset(GateStream stream, int code);

        /** Helidon gives up the connection. */
        void goAway(int code, String why);

        /** There is something for Helidon's reading thread. */
        void wakeReader();
    }

    Http2Outbound(
            Http2Streams streams,
            SerialWriter writer,
            Wear wear,
            HeldBytes.Share held,
            LongSupplier nanoTime,
            Helidon helidon) {
        this.streams = streams;
        this.writer = writer;
        this.wear = wear;
        this.held = held;
        this.nanoTime = nanoTime;
        this.helidon = helidon;
        writer.whenClaimed(this::flushWaiting);
    }

    void wakeReader() {
        helidon.wakeReader();
    }

    // The gate's own.

    /** Queues a frame that needs no window; it is written with the next {@link #flushControls}, or before. */
    void control(byte[] frame) {
        writer.control(frame);
    }

    /** Writes the queued frames without waiting; a separate thread writes those for which the socket has no room. */
    void flushControls() {
        writer.flushControls();
    }

    /** If anything waits for a window, starts to write what the windows allow now. */
    void flushSoon() {
        synchronized (streams) {
            if (waiting.isEmpty()) {
                return;
            }
        }
        writer.flushLater();
    }

    /** Notes the table size of the peer's HPACK decoder. If it is reduced, the next header block acknowledges this. */
    void peerHasTableOf(long bytes) {
        synchronized (streams) {
            tableChanged |= bytes < TABLE_BYTES;
        }
    }

    /** Whether too much waits for windows. */
    boolean isClogged() {
        synchronized (streams) {
            return waitingBytes > CLOGGED_BYTES || (waitingBytes > 0 && held.isFull());
        }
    }

    private void hold(int bytes) {
        waitingBytes += bytes;
        held.add(bytes);
    }

    /**
     * Writes a response of the gate.
     *
     * @param withBody false if the request is a HEAD
     */
    void answer(GateStream stream, GateAnswer answer, boolean withBody) {
        List<HeaderField> fields = new ArrayList<>();
        fields.add(new HeaderField(":status", Integer.toString(answer.status())));
        answer.fields().forEach(field -> fields.add(new HeaderField(field.name(), field.value())));
        fields.add(new HeaderField("content-length", Integer.toString(answer.body().length)));
        synchronized (streams) {
            queueHeaders(stream, fields, !withBody);
            if (withBody) {
                queueBody(stream, answer.body(), true);
            }
        }
        writer.flushLater();
    }

    /** Discards what waits to be sent on a stream that is over. */
    void drop(GateStream stream) {
        synchronized (streams) {
            waiting.remove(stream);
            int dropped = stream.toSend.drop();
            hold(-dropped);
            stream.credit(dropped);
        }
    }

    // Helidon's.

    @Override
    public void write(BufferData... buffers) {
        writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    /** Handles whole frames: Helidon writes each frame in one call. */
    @Override
    public void writeNow(BufferData buffer) {
        byte[] bytes = buffer.readBytes();
        int at = 0;
        while (at < bytes.length) {
            ByteBuffer header = ByteBuffer.wrap(bytes, at, Http2.FRAME_HEADER_BYTES);
            int lengthAndType = header.getInt();
            int flags = header.get();
            int id = header.getInt() & Http2.MAX_WINDOW;
            int length = lengthAndType >>> 8;
            at += Http2.FRAME_HEADER_BYTES;
            frame(lengthAndType & 0xff, flags, id, Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
    }

    private void frame(int type, int flags, int id, byte[] payload) {
        if (type == Http2.GOAWAY) {
            ByteBuffer goAway = ByteBuffer.wrap(payload);
            int code = goAway.getInt(4);
            helidon.goAway(code < 0 || code > Http2.LAST_ERROR_CODE ? Http2.INTERNAL_ERROR : code, "");
            return;
        }
        GateStream stream = id == 0 ? null : streams.get(id);
        if (stream == null) {
            return; // a frame of the connection, which the gate manages itself; or the stream is over
        }
        switch (type) {
            case Http2.DATA -> data(stream, payload, (flags & Http2.END_STREAM) != 0);
            case Http2.HEADERS -> headers(stream, payload, (flags & Http2.END_STREAM) != 0);
            case Http2.WINDOW_UPDATE -> {
                helidon.taken(stream, ByteBuffer.wrap(payload).getInt());
                flushControls();
            }
            case Http2.RST_STREAM -> {
                int code = ByteBuffer.wrap(payload).getInt();
                // Helidon blames the peer when a window stays shut for too long.
                helidon.reset(stream, code == Http2.FLOW_CONTROL_ERROR ? Http2.CANCEL : code);
                flushControls();
            }
            default -> {} // concerns the connection
        }
    }

    private void data(GateStream stream, byte[] payload, boolean last) {
        wear.wrote(payload.length);
        synchronized (streams) {
            if (stream.localEnded) {
                stream.credit(payload.length);
                return;
            }
            queueBody(stream, payload, last);
        }
        flush(stream);
    }

    private void headers(GateStream stream, byte[] block, boolean last) {
        List<HeaderField> fields;
        try {
            fields = hpack.decode(block).fields();
        } catch (HpackException e) {
            throw new IllegalStateException("Helidon wrote a header block that can't be decoded", e);
        }
        synchronized (streams) {
            if (stream.localEnded) {
                return;
            }
            queueHeaders(stream, fields, last);
        }
        flush(stream);
    }

    private void queueHeaders(GateStream stream, List<HeaderField> fields, boolean last) {
        stream.toSend.addHeaders(fields, last);
        stream.isAnswered |= !fields.getFirst().value().startsWith("1"); // 100 (Continue) only asks for the body
        queued(stream, 0, last);
    }

    private void queueBody(GateStream stream, byte[] body, boolean last) {
        stream.toSend.addBody(body, last);
        queued(stream, body.length, last);
    }

    private void queued(GateStream stream, int bytes, boolean last) {
        stream.localEnded |= last;
        hold(bytes);
        if (waiting.add(stream)) {
            stream.sentAt = nanoTime.getAsLong();
        }
        if (last && !stream.remoteEnded && !endsWithReset(stream)) {
            helidon.answeredEarly(stream);
        }
    }

    /** Whether the hub resets the stream after the response, so that the peer does not send the rest of its request. */
    private static boolean endsWithReset(GateStream stream) {
        return stream.isGrpc || !stream.isServed;
    }

    /**
     * Writes what waits for a stream, as far as its window allows. Waits for the socket, which Helidon's threads may
     * do.
     */
    private void flush(GateStream stream) {
        writer.writeAll(() -> next(stream));
    }

    /** Writes what waits for all streams. The calling thread must have claimed the writer. */
    private void flushWaiting() {
        List<GateStream> all;
        synchronized (streams) {
            all = List.copyOf(waiting);
        }
        for (GateStream stream : all) {
            for (byte[] frame = next(stream); frame != null; frame = next(stream)) {
                writer.writeClaimed(ByteBuffer.wrap(frame));
            }
        }
    }

    /** The next frames of a stream, with their window reserved; null when none can be sent. */
    private byte @Nullable [] next(GateStream stream) {
        synchronized (streams) {
            SendQueue.Piece first = stream.toSend.first();
            if (first == null) {
                return null;
            }
            byte[] frames;
            if (first.fields() != null) {
                SendQueue.Piece block = stream.toSend.take(0);
                frames = block(stream.id, HpackEncoder.encode(first.fields(), tableChanged), block.isLast());
                tableChanged = false;
            } else {
                int granted = streams.reserve(stream, Math.min(first.length(), Http2.MAX_FRAME_BYTES));
                if (granted == 0 && first.length() > 0) {
                    return null;
                }
                SendQueue.Piece part = stream.toSend.take(granted);
                hold(-granted);
                stream.credit(granted);
                frames = ControlFrames.frame(
                        Http2.DATA,
                        part.isLast() ? Http2.END_STREAM : 0,
                        stream.id,
                        part.body(),
                        part.offset(),
                        part.length());
            }
            stream.sentAt = nanoTime.getAsLong();
            return stream.toSend.first() == null ? last(stream, frames) : frames;
        }
    }

    /**
     * Completes the last frames of a stream: adds a RST_STREAM if one must follow, and forgets the stream if it is
     * done.
     */
    private byte[] last(GateStream stream, byte[] frames) {
        waiting.remove(stream);
        byte[] all = frames;
        if (stream.localEnded && !stream.remoteEnded && endsWithReset(stream)) {
            byte[] reset = ControlFrames.reset(stream.id, Http2.NO_ERROR);
            all = Arrays.copyOf(frames, frames.length + reset.length);
            System.arraycopy(reset, 0, all, frames.length, reset.length);
            helidon.closeEarly(stream);
        }
        streams.forgetIfDone(stream, nanoTime.getAsLong());
        return all;
    }

    private static byte[] block(int id, byte[] block, boolean last) {
        int endStream = last ? Http2.END_STREAM : 0;
        if (block.length <= Http2.MAX_FRAME_BYTES) {
            return ControlFrames.frame(Http2.HEADERS, endStream | Http2.END_HEADERS, id, block);
        }
        BufferData all = BufferData.growing(block.length + 64);
        for (int at = 0; at < block.length; at += Http2.MAX_FRAME_BYTES) {
            int length = Math.min(Http2.MAX_FRAME_BYTES, block.length - at);
            int type = at == 0 ? Http2.HEADERS : Http2.CONTINUATION;
            int flags = (at == 0 ? endStream : 0) | (at + length == block.length ? Http2.END_HEADERS : 0);
            all.write(ControlFrames.frame(type, flags, id, block, at, length));
        }
        return all.readBytes();
    }
}

package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The writer that Helidon uses for an HTTP/2 connection. Takes Helidon's frames apart: sends its responses, and acts on
 * its other frames. Frames that concern the connection are dropped, because the gate manages the connection itself.
 */
final class HelidonWriter implements DataWriter {

    private static final int MAX_RESPONSE_FIELDS_BYTES = 1 << 20;

    private final Http2Streams streams;
    private final Http2Outbound outbound;
    private final InboundBodies bodies;
    private final StreamEnds ends;
    private final ConnectionEnd connectionEnd;
    private final SerialWriter writer;
    private final Http2Socket socket;
    private final HelidonLimits helidonLimits;
    private final HpackDecoder hpack = new HpackDecoder(MAX_RESPONSE_FIELDS_BYTES); // guarded by Helidon's lock

    HelidonWriter(
            Http2Streams streams,
            Http2Outbound outbound,
            InboundBodies bodies,
            StreamEnds ends,
            ConnectionEnd connectionEnd,
            SerialWriter writer,
            Http2Socket socket,
            HelidonLimits helidonLimits) {
        this.streams = streams;
        this.outbound = outbound;
        this.bodies = bodies;
        this.ends = ends;
        this.connectionEnd = connectionEnd;
        this.writer = writer;
        this.socket = socket;
        this.helidonLimits = helidonLimits;
    }

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
            int code = ByteBuffer.wrap(payload).getInt(4);
            connectionEnd.fail(code < 0 || code > Http2.LAST_ERROR_CODE ? Http2.INTERNAL_ERROR : code, "");
            return;
        }
        Http2Stream stream = id == 0 ? null : streams.get(id);
        if (stream == null) {
            return; // a frame of the connection, or of a stream that is over
        }
        boolean last = (flags & Http2.END_STREAM) != 0;
        switch (type) {
            case Http2.DATA -> {
                helidonLimits.wroteData(payload.length);
                outbound.data(stream, payload, last);
            }
            case Http2.HEADERS -> outbound.headers(stream, decoded(payload), last);
            case Http2.WINDOW_UPDATE -> taken(stream, ByteBuffer.wrap(payload).getInt());
            case Http2.RST_STREAM -> reset(stream, ByteBuffer.wrap(payload).getInt());
            default -> {} // concerns the connection
        }
    }

    private List<HeaderField> decoded(byte[] block) {
        try {
            return hpack.decode(block).fields();
        } catch (HpackException e) {
            throw new IllegalStateException("Helidon wrote a header block that cannot be decoded", e);
        }
    }

    /** A handler has taken a part of a body. */
    private void taken(Http2Stream stream, int length) {
        bodies.taken(stream, length);
        socket.wakeReader();
        writer.flushControls();
    }

    private void reset(Http2Stream stream, int code) {
        // Helidon blames the peer when a window stays shut for too long.
        ends.reset(stream, code == Http2.FLOW_CONTROL_ERROR ? Http2.CANCEL : code);
        writer.flushControls();
    }
}

package push.transport;

import java.nio.ByteBuffer;
import push.engine.Delivery;
import push.transport.gate.Frames;

/**
 * The frames that were assembled last. If the next stream gets the same batch, it is sent the same bytes; this is so
 * for all streams when events arrive one at a time. For one thread.
 */
final class SharedFrames {

    /** The largest number of deliveries that are taken at once. */
    static final int BATCH = 128;

    private final Delivery[] batch = new Delivery[BATCH];
    private final byte[][] assembled = new byte[BATCH][];
    private final ByteBuffer frames = ByteBuffer.allocateDirect(Frames.BUFFER_BYTES);
    private int size;
    private int payloadBytes;

    /** The array that a batch is taken into. */
    Delivery[] batch() {
        return batch;
    }

    /**
     * Assembles the deliveries of the batch from {@code from} to {@code to}, as many as fit into one write.
     *
     * @return the number of deliveries that were assembled; 0 if the first one is too large
     */
    int assemble(int from, int to, int streamId) {
        int fit = encode(from, to);
        if (fit == 0) {
            return 0;
        }
        if (fit != size) {
            size = 0; // until the copy is complete
            copy(fit);
            size = fit;
        }
        frames.position(0);
        Frames.address(frames, streamId);
        return fit;
    }

    /** Records the messages and their total size. If a message differs, the assembled frames become invalid. */
    @SuppressWarnings("ReferenceEquality") // all streams share an event's wire form, unless threads race to create it
    private int encode(int from, int to) {
        payloadBytes = 0;
        for (int i = from; i < to; i++) {
            byte[] message = GrpcMessage.of(batch[i]);
            if (payloadBytes + message.length > Frames.MAX_WRITE_BYTES) {
                return i - from;
            }
            payloadBytes += message.length;
            if (assembled[i - from] != message) {
                assembled[i - from] = message;
                size = 0;
            }
        }
        return to - from;
    }

    private void copy(int n) {
        frames.clear();
        int left = payloadBytes; // of all messages, not copied yet
        int room = 0; // in the current frame
        for (int i = 0; i < n; i++) {
            byte[] message = assembled[i];
            for (int from = 0; from < message.length; ) {
                if (room == 0) {
                    room = Math.min(left, Frames.MAX_PAYLOAD_BYTES);
                    Frames.putHeader(frames, room, 0); // addressed before each write
                }
                int part = Math.min(room, message.length - from);
                frames.put(message, from, part);
                from += part;
                room -= part;
                left -= part;
            }
        }
        frames.flip();
    }

    /** The number of bytes that the peer's windows must have room for. */
    int payloadBytes() {
        return payloadBytes;
    }

    /** The assembled frames, from the start to the end. */
    ByteBuffer frames() {
        return frames;
    }
}

package push.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import push.engine.Delivery;
import push.transport.gate.Frames;

/**
 * The frames of what was assembled last: whoever gets the same batch next is sent the same bytes, as is everybody when
 * events come one at a time. For one thread.
 */
final class SharedFrames {

    /** How many deliveries are taken at once, when there are as many. */
    static final int BATCH = 128;

    private final Delivery[] batch = new Delivery[BATCH];
    private final byte[][] assembled = new byte[BATCH][];
    private final ByteBuffer frames = ByteBuffer.allocateDirect(Frames.BUFFER_BYTES);
    private int size;
    private int payloadBytes;

    /** What a batch is taken into. */
    Delivery[] batch() {
        return batch;
    }

    /** Nothing of the batch need live on. */
    void clearBatch(int n) {
        Arrays.fill(batch, 0, n, null);
    }

    /**
     * Puts together what follows {@code from} in the batch, up to {@code to}, as far as it fits into one write.
     *
     * @return how many deliveries that are; 0 when the first one is too large
     */
    int assemble(int from, int to, EventEncoder encoder, int streamId) {
        int fit = encode(from, to, encoder);
        if (fit == 0) {
            return 0;
        }
        if (fit != size) {
            size = 0; // until it is done
            copy(fit);
            size = fit;
        }
        frames.position(0);
        Frames.address(frames, streamId);
        return fit;
    }

    /** Notes the messages and how long they are together; what was assembled counts no more if one is another. */
    @SuppressWarnings("ReferenceEquality") // an event's wire form is one array for all, but for a race to make it
    private int encode(int from, int to, EventEncoder encoder) {
        payloadBytes = 0;
        for (int i = from; i < to; i++) {
            byte[] message = batch[i].wire(encoder);
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
        int left = payloadBytes; // of all messages that have yet to be copied
        int room = 0; // in the frame that was begun
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

    /** What the peer's windows have to have room for. */
    int payloadBytes() {
        return payloadBytes;
    }

    /** What was assembled, from the start to the end. */
    ByteBuffer frames() {
        return frames;
    }
}

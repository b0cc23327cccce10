package push.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import push.engine.Delivery;

/**
 * The frames of the batch that was assembled last: whoever gets the same batch next is sent the same bytes, as is everybody
 * when events come one at a time. For one thread.
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

    /** Puts together the first {@code n} of the batch; false when they are too large for one write. */
    boolean assemble(int n, EventEncoder encoder, int streamId) {
        if (!isAssembled(n, encoder)) {
            size = 0;
            if (!encode(n, encoder)) {
                return false;
            }
            copy(n, streamId);
            size = n;
        }
        frames.position(0);
        Frames.readdress(frames, streamId);
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // an event's wire form is one array for all, but for a race to make it
    private boolean isAssembled(int n, EventEncoder encoder) {
        if (n != size) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (assembled[i] != batch[i].wire(encoder)) {
                return false;
            }
        }
        return true;
    }

    private boolean encode(int n, EventEncoder encoder) {
        payloadBytes = 0;
        for (int i = 0; i < n; i++) {
            assembled[i] = batch[i].wire(encoder);
            payloadBytes += assembled[i].length;
            if (payloadBytes > Frames.MAX_WRITE_BYTES) {
                return false;
            }
        }
        return true;
    }

    private void copy(int n, int streamId) {
        frames.clear();
        int left = payloadBytes; // of all messages that have yet to be copied
        int room = 0; // in the frame that was begun
        for (int i = 0; i < n; i++) {
            byte[] message = assembled[i];
            for (int from = 0; from < message.length; ) {
                if (room == 0) {
                    room = Math.min(left, Frames.MAX_PAYLOAD_BYTES);
                    Frames.putHeader(frames, room, streamId);
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

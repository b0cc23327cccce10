package push.transport.gate;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Collects the peer's header blocks from HEADERS and CONTINUATION frames, and passes each complete block to {@link
 * InboundRequests}. For the connection's reading thread, except {@link #incompleteNanos}.
 */
final class HeaderBlocks {

    /** The limit of a header block as sent, in bytes. The decoded block has its own limit. */
    private static final int MAX_BYTES = 40_960;

    private static final int PRIORITY_BYTES = 5;

    private final InboundRequests requests;
    private final PeerBudget budget;
    private final LongSupplier nanoTime;

    // The block that is being read.
    private int stream;
    private boolean endsStream;
    private byte[] block = new byte[0];
    private volatile long begunAt;

    HeaderBlocks(InboundRequests requests, PeerBudget budget, LongSupplier nanoTime) {
        this.requests = requests;
        this.budget = budget;
        this.nanoTime = nanoTime;
    }

    /** Whether a frame is allowed now: within a header block, only a CONTINUATION of that block is. */
    boolean allows(int type, int id) {
        return stream == 0 || (type == Http2.CONTINUATION && id == stream);
    }

    /** The memory that is held for an unfinished header block, in bytes. */
    int begunBytes() {
        return block.length;
    }

    /** How long a header block has been incomplete, in nanoseconds; 0 while none is. For any thread. */
    long incompleteNanos(long now) {
        long begun = begunAt;
        return begun == 0 ? 0 : now - begun;
    }

    /** Discards an unfinished header block. */
    void close() {
        block = new byte[0];
    }

    /** Handles a HEADERS frame. */
    void headers(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (id % 2 == 0) {
            throw ConnectionError.protocol("HEADERS on stream " + id + "; the streams of a client have odd numbers");
        }
        int start = from;
        int size = length;
        if ((flags & Http2.PADDED) != 0) {
            size = Http2.unpadded(bytes, from, length);
            start++;
        }
        if ((flags & Http2.WITH_PRIORITY) != 0) {
            start += PRIORITY_BYTES;
            size -= PRIORITY_BYTES;
        }
        if (size < 0) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "HEADERS is shorter than its flags require");
        }
        stream = id;
        begunAt = nanoTime.getAsLong() | 1; // 0 stands for none
        endsStream = (flags & Http2.END_STREAM) != 0;
        add(flags, bytes, start, size);
    }

    /** Handles a CONTINUATION frame. */
    void continuation(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (stream == 0) {
            throw ConnectionError.protocol("CONTINUATION on stream " + id + " without a HEADERS frame before it");
        }
        budget.spend(PeerBudget.COSTLY, "CONTINUATION frames");
        add(flags, bytes, from, length);
    }

    private void add(int flags, byte[] bytes, int from, int length) throws ConnectionError {
        int size = block.length;
        if (size + length > MAX_BYTES) {
            throw new ConnectionError(Http2.ENHANCE_YOUR_CALM, "a header block has more than " + MAX_BYTES + " bytes");
        }
        block = Arrays.copyOf(block, size + length);
        System.arraycopy(bytes, from, block, size, length);
        if ((flags & Http2.END_HEADERS) != 0) {
            int id = stream;
            byte[] whole = block;
            stream = 0;
            begunAt = 0;
            block = new byte[0];
            requests.block(id, whole, endsStream);
        }
    }
}

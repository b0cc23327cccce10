package push.transport.gate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import push.transport.gate.RequestFields.Verdict;

/**
 * Handles the peer's header blocks: collects each from its frames and decodes it; then opens its stream, refuses it, or
 * ends a body with it. Only the connection's reading thread may call the methods, except {@link #incompleteNanos}.
 */
final class InboundRequests {

    /** The limit of a header block as sent, in bytes. The decoded block has its own limit. */
    private static final int MAX_BLOCK_BYTES = 40_960;

    /** The largest number of skipped stream identifiers that are remembered. */
    private static final int REMEMBERED_SKIPS = 1_024;

    private static final HeaderField HEAD = new HeaderField(":method", "HEAD");

    private final Http2Streams streams;
    private final Http2Outbound out;
    private final Inlet inlet;
    private final Http2Limits limits;
    private final InboundBodies bodies;
    private final StreamEnds ends;
    private final PeerBudget budget;
    private final HeldBytes.Share held;
    private final LongSupplier nanoTime;
    private final HpackDecoder hpack;
    private final Set<Integer> skipped = new HashSet<>();

    // The block that is being read.
    private int blockStream;
    private boolean blockEndsStream;
    private byte[] block = new byte[0];
    private volatile long blockBegunAt;

    InboundRequests(
            Http2Streams streams,
            Http2Outbound out,
            Inlet inlet,
            Http2Limits limits,
            InboundBodies bodies,
            StreamEnds ends,
            PeerBudget budget,
            HeldBytes.Share held,
            LongSupplier nanoTime) {
        this.streams = streams;
        this.out = out;
        this.inlet = inlet;
        this.limits = limits;
        this.bodies = bodies;
        this.ends = ends;
        this.budget = budget;
        this.held = held;
        this.nanoTime = nanoTime;
        this.hpack = new HpackDecoder(limits.maxHeaderListBytes());
    }

    /** Whether a frame is allowed now: within a header block, only a CONTINUATION of that block is. */
    boolean allows(int type, int id) {
        return blockStream == 0 || (type == Http2.CONTINUATION && id == blockStream);
    }

    /** The memory that is held for an unfinished header block, in bytes. */
    int begunBytes() {
        return block.length;
    }

    /** How long a header block has been incomplete, in nanoseconds; 0 while none is. */
    long incompleteNanos(long now) {
        long begun = blockBegunAt;
        return begun == 0 ? 0 : now - begun;
    }

    /** Discards an unfinished header block. */
    void close() {
        block = new byte[0];
    }

    /** Handles a HEADERS frame. */
    void headers(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (id % 2 == 0) {
            throw ConnectionError.protocol("HEADERS on stream " + id + "; a client's streams have odd numbers");
        }
        int start = from;
        int size = length;
        if ((flags & Http2.PADDED) != 0) {
            size = Http2.unpadded(bytes, from, length);
            start++;
        }
        if ((flags & Http2.WITH_PRIORITY) != 0) {
            start += 5;
            size -= 5;
        }
        if (size < 0) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "HEADERS with no room for what its flags say");
        }
        blockStream = id;
        blockBegunAt = nanoTime.getAsLong() | 1; // 0 stands for none
        blockEndsStream = (flags & Http2.END_STREAM) != 0;
        addToBlock(flags, bytes, start, size);
    }

    /** Handles a CONTINUATION frame. */
    void continuation(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (blockStream == 0) {
            throw ConnectionError.protocol("CONTINUATION on stream " + id + " without HEADERS before it");
        }
        budget.spend(PeerBudget.COSTLY, "CONTINUATION");
        addToBlock(flags, bytes, from, length);
    }

    private void addToBlock(int flags, byte[] bytes, int from, int length) throws ConnectionError {
        int size = block.length;
        if (size + length > MAX_BLOCK_BYTES) {
            throw new ConnectionError(
                    Http2.ENHANCE_YOUR_CALM, "a header block of more than " + MAX_BLOCK_BYTES + " bytes");
        }
        block = Arrays.copyOf(block, size + length);
        System.arraycopy(bytes, from, block, size, length);
        if ((flags & Http2.END_HEADERS) != 0) {
            int id = blockStream;
            byte[] whole = block;
            blockStream = 0;
            blockBegunAt = 0;
            block = new byte[0];
            block(id, whole);
        }
    }

    private void block(int id, byte[] whole) throws ConnectionError {
        HpackDecoder.Fields decoded;
        try {
            decoded = hpack.decode(whole);
        } catch (HpackException e) {
            throw new ConnectionError(Http2.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        }
        GateStream stream = streams.get(id);
        if (stream != null) {
            trailers(stream, decoded);
        } else if (skipped.contains(id)) {
            throw ConnectionError.protocol("HEADERS on stream " + id + ", behind a higher one");
        } else if (id <= streams.last()) {
            budget.spend(PeerBudget.CHEAP, "on streams that have ended");
            ends.late(id);
        } else {
            skip(streams.last(), id);
            streams.used(id);
            request(id, decoded);
        }
    }

    /** Remembers a bounded number of the stream identifiers that the peer has skipped, and may no longer use. */
    private void skip(int last, int next) {
        for (int id = last == 0 ? 1 : last + 2; id < next && skipped.size() < REMEMBERED_SKIPS; id += 2) {
            skipped.add(id);
        }
    }

    private void trailers(GateStream stream, HpackDecoder.Fields decoded) throws ConnectionError {
        budget.spend(PeerBudget.CHEAP, "HEADERS behind a request");
        int fault = trailersFault(stream, decoded);
        if (fault != Http2.NO_ERROR) {
            budget.spend(PeerBudget.COSTLY, "HEADERS that their stream does not allow");
            ends.reset(stream, fault);
        }
    }

    private int trailersFault(GateStream stream, HpackDecoder.Fields decoded) {
        synchronized (streams) {
            if (stream.isReset) {
                return Http2.NO_ERROR; // the peer may not have received the reset
            }
            if (stream.remoteEnded) {
                return Http2.STREAM_CLOSED;
            }
            Optional<String> malformed = RequestFields.trailersFault(decoded.fields());
            if (!blockEndsStream || malformed.isPresent() || decoded.isTooLarge() || stream.bodyLeft > 0) {
                return Http2.PROTOCOL_ERROR;
            }
            bodies.end(stream); // Helidon ignores trailers, and does not wake a thread that waits for the body's end
            return Http2.NO_ERROR;
        }
    }

    private void request(int id, HpackDecoder.Fields decoded) throws ConnectionError {
        if (streams.count() >= limits.maxStreams() || out.isClogged() || held.isFull()) {
            budget.spend(PeerBudget.CHEAP, "HEADERS beyond the limits");
            ends.resetUnopened(id, Http2.REFUSED_STREAM);
            return;
        }
        if (decoded.isTooLarge()) {
            answer(
                    id,
                    GateAnswer.of(
                            431,
                            "the header fields must take at most " + limits.maxHeaderListBytes()
                                    + " bytes, with 32 for each field beside its text"),
                    !decoded.fields().contains(HEAD));
            return;
        }
        switch (RequestFields.judge(decoded.fields())) {
            case Verdict.Malformed malformed -> {
                budget.spend(PeerBudget.COSTLY, "malformed HEADERS");
                ends.resetUnopened(id, Http2.PROTOCOL_ERROR);
            }
            case Verdict.Answered answered -> answer(id, answered.answer(), answered.withBody());
            case Verdict.Accepted accepted -> accept(id, accepted);
        }
    }

    private void accept(int id, Verdict.Accepted request) throws ConnectionError {
        if (blockEndsStream && request.contentLength() > 0) {
            budget.spend(PeerBudget.COSTLY, "malformed HEADERS");
            ends.resetUnopened(id, Http2.PROTOCOL_ERROR);
            return;
        }
        synchronized (streams) {
            GateStream stream = streams.open(id, request.isGrpc(), request.contentLength(), nanoTime.getAsLong());
            stream.isKnownToHelidon = true;
            stream.isServed = true;
            int flags = Http2.END_HEADERS;
            if (blockEndsStream) {
                flags |= Http2.END_STREAM;
                stream.remoteEnded = true;
                stream.body.drop();
            }
            inlet.add(ControlFrames.frame(Http2.HEADERS, flags, id, HpackEncoder.encode(request.fields(), false)));
        }
    }

    /** Answers a request that is not passed on to Helidon. */
    private void answer(int id, GateAnswer answer, boolean withBody) throws ConnectionError {
        budget.spend(PeerBudget.COSTLY, "requests that are refused");
        GateStream stream;
        synchronized (streams) {
            stream = streams.open(id, false, -1, nanoTime.getAsLong());
            stream.remoteEnded = blockEndsStream;
            stream.body.drop();
        }
        out.answer(stream, answer, withBody);
    }
}

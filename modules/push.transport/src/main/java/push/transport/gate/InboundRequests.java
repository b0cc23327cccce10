package push.transport.gate;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import push.transport.gate.RequestFields.Verdict;

/**
 * Handles the peer's header blocks: decodes each; then opens its stream, refuses it, or ends a body with it. For the
 * connection's reading thread.
 */
final class InboundRequests {

    /** The largest number of skipped stream identifiers that are remembered. */
    private static final int REMEMBERED_SKIPS = 1_024;

    private static final HeaderField HEAD = new HeaderField(":method", "HEAD");

    private final Http2Streams streams;
    private final Http2Outbound out;
    private final PendingResponses pending;
    private final InboundQueue inboundQueue;
    private final Http2Limits limits;
    private final InboundBodies bodies;
    private final StreamEnds ends;
    private final PeerBudget budget;
    private final HeldBytes.Account held;
    private final LongSupplier nanoTime;
    private final HpackDecoder hpack;
    private final Set<Integer> skipped = new HashSet<>();

    InboundRequests(
            Http2Streams streams,
            Http2Outbound out,
            PendingResponses pending,
            InboundQueue inboundQueue,
            Http2Limits limits,
            InboundBodies bodies,
            StreamEnds ends,
            PeerBudget budget,
            HeldBytes.Account held,
            LongSupplier nanoTime) {
        this.streams = streams;
        this.out = out;
        this.pending = pending;
        this.inboundQueue = inboundQueue;
        this.limits = limits;
        this.bodies = bodies;
        this.ends = ends;
        this.budget = budget;
        this.held = held;
        this.nanoTime = nanoTime;
        this.hpack = new HpackDecoder(limits.maxHeaderListBytes());
    }

    /**
     * Handles a complete header block.
     *
     * @param id the stream's identifier, which is odd
     * @param endsStream whether the block is the last thing that the peer sends on the stream
     */
    void block(int id, byte[] block, boolean endsStream) throws ConnectionError {
        HpackDecoder.Fields decoded;
        try {
            decoded = hpack.decode(block);
        } catch (HpackException e) {
            throw new ConnectionError(Http2.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        }
        Http2Stream stream = streams.get(id);
        if (stream != null) {
            trailers(stream, decoded, endsStream);
        } else if (skipped.contains(id)) {
            throw ConnectionError.protocol("HEADERS on stream " + id + " after a stream with a higher number");
        } else if (id <= streams.last()) {
            budget.spend(PeerBudget.CHEAP, "frames on ended streams");
            ends.late(id);
        } else {
            skip(streams.last(), id);
            streams.used(id);
            request(id, decoded, endsStream);
        }
    }

    /** Remembers a bounded number of the stream identifiers that the peer has skipped, and may no longer use. */
    private void skip(int last, int next) {
        for (int id = last == 0 ? 1 : last + 2; id < next && skipped.size() < REMEMBERED_SKIPS; id += 2) {
            skipped.add(id);
        }
    }

    private void trailers(Http2Stream stream, HpackDecoder.Fields decoded, boolean endsStream) throws ConnectionError {
        budget.spend(PeerBudget.CHEAP, "HEADERS frames after a request");
        int fault = trailersFault(stream, decoded, endsStream);
        if (fault != Http2.NO_ERROR) {
            budget.spend(PeerBudget.COSTLY, "HEADERS frames that their stream does not allow");
            ends.reset(stream, fault);
        }
    }

    private int trailersFault(Http2Stream stream, HpackDecoder.Fields decoded, boolean endsStream) {
        synchronized (streams) {
            if (stream.isReset) {
                return Http2.NO_ERROR; // the peer may not have received the reset
            }
            if (stream.remoteEnded) {
                return Http2.STREAM_CLOSED;
            }
            Optional<String> malformed = RequestFields.trailersFault(decoded.fields());
            if (!endsStream || malformed.isPresent() || decoded.isTooLarge() || stream.bodyLeft > 0) {
                return Http2.PROTOCOL_ERROR;
            }
            bodies.end(stream); // Helidon ignores trailers, and does not wake a thread that waits for the body's end
            return Http2.NO_ERROR;
        }
    }

    private void request(int id, HpackDecoder.Fields decoded, boolean endsStream) throws ConnectionError {
        if (streams.count() >= limits.maxStreams() || pending.isCongested() || held.isFull()) {
            budget.spend(PeerBudget.CHEAP, "requests beyond the limits");
            ends.resetUnopened(id, Http2.REFUSED_STREAM);
            return;
        }
        if (decoded.isTooLarge()) {
            refuse(
                    id,
                    new Problem(
                            431,
                            "the header fields must have at most " + limits.maxHeaderListBytes()
                                    + " bytes in total, counting 32 more bytes for each field"),
                    !decoded.fields().contains(HEAD),
                    endsStream);
            return;
        }
        switch (RequestFields.judge(decoded.fields())) {
            case Verdict.Malformed malformed -> {
                budget.spend(PeerBudget.COSTLY, "malformed requests");
                ends.resetUnopened(id, Http2.PROTOCOL_ERROR);
            }
            case Verdict.Refused refused -> refuse(id, refused.problem(), refused.withBody(), endsStream);
            case Verdict.Accepted accepted -> accept(id, accepted, endsStream);
        }
    }

    private void accept(int id, Verdict.Accepted request, boolean endsStream) throws ConnectionError {
        if (endsStream && request.contentLength() > 0) {
            budget.spend(PeerBudget.COSTLY, "malformed requests");
            ends.resetUnopened(id, Http2.PROTOCOL_ERROR);
            return;
        }
        synchronized (streams) {
            Http2Stream stream = streams.open(id, request.isGrpc(), request.contentLength(), nanoTime.getAsLong());
            stream.isKnownToHelidon = true;
            stream.isServed = true;
            int flags = Http2.END_HEADERS;
            if (endsStream) {
                flags |= Http2.END_STREAM;
                stream.remoteEnded = true;
                stream.body.drop();
            }
            inboundQueue.add(
                    ControlFrames.frame(Http2.HEADERS, flags, id, HpackEncoder.encode(request.fields(), false)));
        }
    }

    /** Responds to a request that is not passed on to Helidon. */
    private void refuse(int id, Problem problem, boolean withBody, boolean endsStream) throws ConnectionError {
        budget.spend(PeerBudget.COSTLY, "refused requests");
        Http2Stream stream;
        synchronized (streams) {
            stream = streams.open(id, false, -1, nanoTime.getAsLong());
            stream.remoteEnded = endsStream;
            stream.body.drop();
        }
        out.respond(stream, problem, withBody);
    }
}

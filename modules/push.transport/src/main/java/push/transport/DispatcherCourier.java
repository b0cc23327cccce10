package push.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import push.engine.Courier;
import push.engine.Subscription;
import push.transport.gate.Http2Stream;
import push.transport.gate.SerialWriter;

/**
 * Writes a stream's deliveries on the dispatcher's thread while the stream's own thread waits. The courier never waits.
 * It hands back deliveries that the windows or the socket have no room for, and a message that exceeds one write.
 */
final class DispatcherCourier implements Courier {

    private final Subscription subscription;
    private final SerialWriter socket;
    private final Http2Stream stream;
    private final OutgoingBatch outgoing;
    private final ThreadLocal<SharedFrames> frames;
    private @Nullable RuntimeException failure;

    /** @param frames the frames that each dispatcher shares among its streams */
    DispatcherCourier(
            Subscription subscription,
            SerialWriter socket,
            Http2Stream stream,
            OutgoingBatch outgoing,
            ThreadLocal<SharedFrames> frames) {
        this.subscription = subscription;
        this.socket = socket;
        this.stream = stream;
        this.outgoing = outgoing;
        this.frames = frames;
    }

    /** Delivers from now on, unless a write to the socket may have to wait. */
    void register() {
        if (socket.writesWithoutWaiting()) {
            subscription.registerCourier(this);
        }
    }

    @Override
    public Outcome deliver() {
        if (!socket.tryBegin()) {
            return Outcome.DECLINED;
        }
        try {
            SharedFrames shared = frames.get();
            int n = subscription.poll(shared.batch());
            return n == 0 ? Outcome.DELIVERED : tryWrite(shared, n);
        } finally {
            socket.end();
        }
    }

    private Outcome tryWrite(SharedFrames shared, int n) {
        try {
            return write(shared, n);
        } catch (RuntimeException e) {
            failure = e; // for the stream's own thread, which can tell a lost connection from a failure of the hub
        } catch (Error e) {
            failure = new IllegalStateException("the dispatcher could not deliver", e);
        } finally {
            Arrays.fill(shared.batch(), 0, n, null); // taken deliveries must not stay reachable until the next batch
        }
        return Outcome.HANDED_BACK;
    }

    private Outcome write(SharedFrames shared, int n) {
        outgoing.begin(shared.batch(), n);
        int written = 0;
        boolean fits = true;
        while (fits && written < n) {
            int more = shared.assemble(written, n, stream.id());
            fits = more > 0 && stream.reserveAll(shared.payloadBytes());
            if (fits) {
                fits = socket.tryWrite(shared.frames());
                written += more; // also if the socket took only a part: the writer keeps the rest of these frames
            }
        }
        outgoing.enqueue(shared.batch(), written, n);
        if (!fits) {
            return Outcome.HANDED_BACK;
        }
        outgoing.complete();
        return Outcome.DELIVERED;
    }

    /**
     * Writes the part of a frame that the socket had no room for. The stream's own thread calls it for what was handed
     * back, and may have to wait.
     *
     * @throws RuntimeException if the delivery has failed
     */
    void finish() {
        if (failure != null) {
            throw failure;
        }
        socket.flush();
    }
}

package push.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import push.engine.Courier;
import push.engine.Delivery;
import push.engine.End;
import push.engine.Entry;
import push.engine.Subscription;

/**
 * Writes the deliveries of a subscription to its stream until the subscription ends.
 *
 * <p>While the stream's own thread waits for deliveries, the dispatcher's thread writes new ones at once, as long as it
 * does not have to wait. When a write has to wait, the pump leaves the rest to the stream's own thread, which writes it
 * and then waits for deliveries again.
 */
final class DeliveryPump implements Courier {

    private final Subscription subscription;
    private final StreamParts parts;
    private final StreamWriter writer;
    private final WriteProgress progress;
    private final PendingMessages pending = new PendingMessages();
    private @Nullable Carried carried;
    private @Nullable RuntimeException failure;

    DeliveryPump(Subscription subscription, StreamParts parts, StreamWriter writer, WriteProgress progress) {
        this.subscription = subscription;
        this.parts = parts;
        this.writer = writer;
        this.progress = progress;
    }

    /** Delivers until the subscription ends. Only the stream's own thread may call it. */
    void run() throws InterruptedException {
        Delivery[] batch = new Delivery[SharedFrames.BATCH];
        progress.done();
        if (writer.writesWithoutWaiting()) {
            subscription.lendTo(this);
        }
        try {
            carryAll(batch);
        } finally {
            drop();
        }
    }

    private void carryAll(Delivery[] batch) throws InterruptedException {
        for (int n = subscription.take(batch); n != 0; n = subscription.take(batch)) {
            progress.advance();
            if (n == Subscription.HANDED_BACK) {
                finish();
            } else {
                write(batch, n);
            }
            progress.done();
        }
    }

    /** Writes what the dispatcher could not write without waiting. */
    private void finish() throws InterruptedException {
        if (failure != null) {
            throw failure;
        }
        writer.flush();
        writer.write(pending, progress, this::isUnread, this::hasEnded);
        done();
    }

    private void write(Delivery[] batch, int n) throws InterruptedException {
        carry(batch, n);
        queue(batch, 0, n);
        Arrays.fill(batch, 0, n, null); // queued deliveries must not stay reachable until the next batch
        writer.write(pending, progress, this::isUnread, this::hasEnded);
        done();
    }

    private void carry(Delivery[] batch, int n) {
        drop(); // the last batch may be unwritten if the subscription has ended
        carried = new Carried(batch[0], parts.tracer().delivering(subscription.gatewayClientId(), batch, n));
    }

    private boolean isUnread() {
        End end = subscription.end().orElse(null);
        return end == End.CANCELLED || end == End.DISCONNECTED;
    }

    private boolean hasEnded() {
        return subscription.end().isPresent();
    }

    private void queue(Delivery[] batch, int from, int to) {
        for (int i = from; i < to; i++) {
            pending.add(batch[i].wire(parts.encoder()));
        }
    }

    /** Reports the batch as written and closes its trace, once all of it has been written. */
    private void done() {
        Carried batch = carried;
        if (batch == null || pending.bytes() > 0) {
            return;
        }
        batch.traced().written();
        drop();
        if (batch.first() instanceof Entry event) {
            parts.observer().wrote(event.appendedNanos());
        }
    }

    private void drop() {
        Carried dropped = carried;
        carried = null;
        if (dropped != null) {
            dropped.traced().close();
        }
    }

    @Override
    public boolean deliver() {
        if (!writer.tryBegin()) {
            return false;
        }
        try {
            SharedFrames frames = parts.frames().get();
            int n = subscription.poll(frames.batch());
            return n == 0 || trySend(frames, n);
        } finally {
            writer.end();
        }
    }

    private boolean trySend(SharedFrames frames, int n) {
        try {
            return send(frames, n);
        } catch (RuntimeException e) {
            failure = e; // the stream's own thread throws it again
        } catch (Error e) {
            failure = new IllegalStateException("the dispatcher could not deliver", e);
        }
        return false;
    }

    private boolean send(SharedFrames frames, int n) {
        carry(frames.batch(), n);
        int sent = 0;
        boolean goesOn = true;
        while (goesOn && sent < n) {
            int more = frames.assemble(sent, n, parts.encoder(), writer.streamId());
            goesOn = more > 0 && writer.reserve(frames.payloadBytes());
            if (goesOn) {
                goesOn = writer.tryWrite(frames.frames());
                sent += more;
            }
        }
        queue(frames.batch(), sent, n);
        frames.clearBatch(n);
        if (goesOn) {
            done(); // otherwise once the rest is written
        }
        return goesOn;
    }

    /** The batch that is being written: its first delivery and its trace. */
    private record Carried(Delivery first, DeliveryTracer.Batch traced) {}
}

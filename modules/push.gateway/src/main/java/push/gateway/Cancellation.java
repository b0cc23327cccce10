package push.gateway;

import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.GatewaySubscribeRequest;

/** The cancellation of a client. It interrupts whatever the client's thread waits for. */
final class Cancellation {

    private final Wakeup wakeup = new Wakeup();
    private volatile boolean cancelled;
    private volatile @Nullable HubStream stream;

    boolean isCancelled() {
        return cancelled;
    }

    /** Cancels the client, and ends the wait of its thread. Safe to call from any thread. */
    void cancel() {
        cancelled = true;
        wakeup.wake();
        // Both fields are volatile: either this method sees the stream, or opened() sees the cancellation.
        HubStream open = stream;
        if (open != null) {
            open.cancel();
        }
    }

    /** As {@link HubStream#open}, but ends early if the client was or is cancelled. */
    HubStream open(Transport transport, GatewaySubscribeRequest request) throws StreamEnded {
        try {
            if (!wakeup.beginWait()) {
                throw StreamEnded.byOther(Status.CANCELLED);
            }
            return opened(HubStream.open(transport, request));
        } finally {
            wakeup.endWait();
        }
    }

    private HubStream opened(HubStream open) {
        stream = open;
        if (cancelled) {
            open.cancel();
        }
        return open;
    }

    /** Waits for the delay, but ends early if the client was or is cancelled. */
    void pause(Timing.Pause pause, Duration delay) {
        try {
            if (wakeup.beginWait()) {
                pause.sleep(delay);
            }
        } catch (InterruptedException e) {
            // The client was cancelled, or the delay is cut short. The next attempt checks for a cancellation.
        } finally {
            wakeup.endWait();
        }
    }
}

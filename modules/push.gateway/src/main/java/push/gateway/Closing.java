package push.gateway;

import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.GatewaySubscribeRequest;

/** The request to close a client. It interrupts whatever the client's thread waits for. */
final class Closing {

    private final Wakeup wakeup = new Wakeup();
    private volatile boolean asked;
    private volatile @Nullable HubStream stream;

    boolean asked() {
        return asked;
    }

    /** Requests the close, and ends the wait of the client's thread. Safe to call from any thread. */
    void ask() {
        asked = true;
        wakeup.call();
        // Both fields are volatile: either this method sees the stream, or opened() sees the request to close.
        HubStream open = stream;
        if (open != null) {
            open.cancel();
        }
    }

    /** As {@link HubStream#open}, but ends early if a close was or is requested. */
    HubStream open(Transport transport, GatewaySubscribeRequest request) throws StreamEnded {
        try {
            if (!wakeup.enter()) {
                throw StreamEnded.byOther(Status.CANCELLED);
            }
            return opened(HubStream.open(transport, request));
        } finally {
            wakeup.leave();
        }
    }

    private HubStream opened(HubStream open) {
        stream = open;
        if (asked) {
            open.cancel();
        }
        return open;
    }

    /** Waits for the delay, but ends early if a close was or is requested. */
    void pause(Timing.Pause pause, Duration delay) {
        try {
            if (wakeup.enter()) {
                pause.sleep(delay);
            }
        } catch (InterruptedException e) {
            // A close was requested, or the delay is cut short. The next attempt checks for a close.
        } finally {
            wakeup.leave();
        }
    }
}

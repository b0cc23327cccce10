package gateway;

import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.GatewaySubscribeRequest;

/** Whether a client is to close, and what it has to be called away from when it is. */
final class Closing {

    private final Wakeup wakeup = new Wakeup();
    private volatile boolean asked;
    private volatile @Nullable HubStream stream;

    boolean asked() {
        return asked;
    }

    /** Ends what the client's thread waits for. From any thread. */
    void ask() {
        asked = true;
        wakeup.call();
        // Volatile both: either this sees the stream, or opened() sees that closing was asked for.
        HubStream open = stream;
        if (open != null) {
            open.cancel();
        }
    }

    /** As {@link HubStream#open}, unless or until closing is asked for. */
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

    /** Waits, unless or until closing is asked for. */
    void pause(Timing.Pause pause, Duration delay) {
        try {
            if (wakeup.enter()) {
                pause.sleep(delay);
            }
        } catch (InterruptedException e) {
            // Closing is asked for, or the delay is cut short: either way the next attempt finds out.
        } finally {
            wakeup.leave();
        }
    }
}

package push.transport;

import org.jspecify.annotations.Nullable;
import push.engine.End;
import push.engine.Hub;
import push.engine.Subscription;
import push.transport.gate.Http2Filter;

/**
 * Watches one stream for a reader that stalls, for a connection that is exhausted, and for a write that hangs after the
 * subscription's end. For the supervisor's thread.
 */
final class StreamWatchdog {

    /** How long a write may make no progress after the subscription has ended, before the connection is cut. */
    private static final long GRACE_NANOS = 2_000_000_000;

    /**
     * Replaces the socket's progress while a write waits for a window: bytes of other streams would count as progress.
     */
    private static final long AWAITS_WINDOW = -1;

    private final Hub hub;
    private final Http2Filter connection;
    private final StreamOutput output;
    private final long stallNanos;
    private boolean hasSeenEnd;
    private long endSeen;

    /** @param stallNanos how long a write may make no progress before the reader counts as stalled, in nanoseconds */
    StreamWatchdog(Hub hub, Http2Filter connection, StreamOutput output, long stallNanos) {
        this.hub = hub;
        this.connection = connection;
        this.output = output;
        this.stallNanos = stallNanos;
    }

    /**
     * Checks the stream, and ends what must end.
     *
     * @param subscription the stream's subscription; null before it is opened
     * @param now the time on the scale of {@link push.transport.gate.StreamSupervisor#nanoTime}
     */
    void check(@Nullable Subscription subscription, long now) {
        if (subscription == null) {
            return;
        }
        long stuck = output.progress().stuckFor(now, output.awaitsWindow() ? AWAITS_WINDOW : connection.progress());
        if (subscription.end().isEmpty()) {
            if (stuck > stallNanos) {
                hub.end(subscription, End.STALLED);
            } else if (connection.isExhausted()) {
                hub.drain(subscription);
            }
        } else if (!hasSeenEnd) {
            hasSeenEnd = true;
            endSeen = now;
        } else if (stuck > GRACE_NANOS && now - endSeen > GRACE_NANOS && !isStopped(subscription)) {
            connection.cut(); // nothing else ends a write that hangs on the socket
        }
    }

    /**
     * Whether the hub has stopped. Published events are then still delivered, within the time that the stop may take.
     */
    private static boolean isStopped(Subscription subscription) {
        return subscription.end().filter(End.STOPPED::equals).isPresent();
    }
}

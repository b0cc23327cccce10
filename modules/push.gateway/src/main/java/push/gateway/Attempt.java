package push.gateway;

import io.grpc.Status;
import java.time.Duration;
import push.protocol.v1.GoAway;
import push.protocol.v1.PushEvent;

/** One connection, from the attempt to open it to its end. Only the client's thread uses it. */
final class Attempt {

    /** The longest {@code retry_after} that the client waits for, in seconds. */
    private static final long MAX_RETRY_AFTER_SECONDS = 300;

    private final Position position;
    private final EventHandler handler;
    private final Cancellation cancellation;
    private boolean accepted;
    private boolean deliveredEvent;
    private Duration retryAfter = Duration.ZERO;

    Attempt(Position position, EventHandler handler, Cancellation cancellation) {
        this.position = position;
        this.handler = handler;
        this.cancellation = cancellation;
    }

    /** Delivers messages until the stream ends, and returns its end. Throws what the handler throws. */
    StreamEnded run(Transport transport, Runnable onAccepted) throws Exception {
        try (HubStream stream = cancellation.open(transport, position.request())) {
            stream.awaitAccepted();
            accepted = true;
            onAccepted.run();
            while (true) {
                deliver(stream.next());
            }
        } catch (StreamEnded e) {
            return e;
        }
    }

    private void deliver(PushEvent event) throws Exception {
        if (cancellation.isCancelled()) {
            throw StreamEnded.byOther(Status.CANCELLED);
        }
        if (position.isAt(event)) {
            return;
        }
        handler.handle(event);
        position.moveTo(event);
        deliveredEvent |= !event.hasNotice();
        if (event.getNotice().hasGoAway()) {
            goAway(event.getNotice().getGoAway());
        }
    }

    /** Ends the stream, as the hub expects after {@code GoAway}, unless another subscription has replaced this one. */
    private void goAway(GoAway goAway) throws StreamEnded {
        retryAfter = retryAfter(goAway);
        if (goAway.getReason() == GoAway.Reason.SHUTDOWN || goAway.getReason() == GoAway.Reason.DRAIN) {
            throw StreamEnded.byOther(Status.UNAVAILABLE.withDescription(
                    "the hub asked the client to reconnect later: " + goAway.getReason()));
        }
    }

    private static Duration retryAfter(GoAway goAway) {
        long seconds = Math.clamp(goAway.getRetryAfter().getSeconds(), 0, MAX_RETRY_AFTER_SECONDS);
        return Duration.ofSeconds(seconds, Math.max(0, goAway.getRetryAfter().getNanos()));
    }

    /** Whether the hub has accepted the call. */
    boolean accepted() {
        return accepted;
    }

    /** Whether an event was delivered. A notice is not an event. */
    boolean deliveredEvent() {
        return deliveredEvent;
    }

    /** How long the hub asked the client to wait before the next attempt; zero if it did not ask. */
    Duration retryAfter() {
        return retryAfter;
    }
}

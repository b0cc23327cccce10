package push.gateway;

import io.grpc.Status;
import java.time.Duration;
import push.protocol.v1.GoAway;
import push.protocol.v1.PushEvent;

/** One connection, from the attempt to open it to its end. Only the client's thread uses it. */
final class Attempt {

    /** The longest {@code retry_after} that the client waits for, in seconds. */
    private static final long LONGEST_RETRY_AFTER = 300;

    private final Position position;
    private final EventHandler handler;
    private final Closing closing;
    private boolean answered;
    private boolean delivered;
    private Duration retryAfter = Duration.ZERO;

    Attempt(Position position, EventHandler handler, Closing closing) {
        this.position = position;
        this.handler = handler;
        this.closing = closing;
    }

    /** Delivers messages until the stream ends, and returns its end. Throws what the handler throws. */
    StreamEnded run(Transport transport, Runnable onAnswer) throws Exception {
        try (HubStream stream = closing.open(transport, position.request())) {
            stream.awaitAnswer();
            answered = true;
            onAnswer.run();
            while (true) {
                take(stream.next());
            }
        } catch (StreamEnded e) {
            return e;
        }
    }

    private void take(PushEvent event) throws Exception {
        if (closing.asked()) {
            throw StreamEnded.byOther(Status.CANCELLED);
        }
        if (position.isAt(event)) {
            return;
        }
        handler.handle(event);
        position.moveTo(event);
        delivered |= !event.hasNotice();
        if (event.getNotice().hasGoAway()) {
            leave(event.getNotice().getGoAway());
        }
    }

    /** Ends the stream, as the hub expects after {@code GoAway}, unless another subscription has replaced this one. */
    private void leave(GoAway goAway) throws StreamEnded {
        retryAfter = retryAfter(goAway);
        if (goAway.getReason() == GoAway.Reason.SHUTDOWN || goAway.getReason() == GoAway.Reason.DRAIN) {
            throw StreamEnded.byOther(
                    Status.UNAVAILABLE.withDescription("the hub says to come back later: " + goAway.getReason()));
        }
    }

    private static Duration retryAfter(GoAway goAway) {
        long seconds = Math.clamp(goAway.getRetryAfter().getSeconds(), 0, LONGEST_RETRY_AFTER);
        return Duration.ofSeconds(seconds, Math.max(0, goAway.getRetryAfter().getNanos()));
    }

    /** Whether the hub has accepted the call. */
    boolean answered() {
        return answered;
    }

    /** Whether an event was delivered. A notice is not an event. */
    boolean delivered() {
        return delivered;
    }

    /** How long the hub asked the client to wait before the next attempt; zero if it did not ask. */
    Duration retryAfter() {
        return retryAfter;
    }
}

package gateway;

import io.grpc.Status;
import java.time.Duration;
import push.protocol.v1.GoAway;
import push.protocol.v1.PushEvent;

/** One connection, from the attempt at it to its end. Used by the client's thread alone. */
final class Attempt {

    /** A hub's wish to be left alone is heard, but not for ever. */
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

    /** Delivers what comes until the stream ends, and returns why it did. Throws what the handler throws. */
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

    /** The hub waits for this client to end the stream, unless another one has taken its place. */
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

    /** Whether an event was delivered, which a notice is not. */
    boolean delivered() {
        return delivered;
    }

    /** How long the hub asked to be left alone; zero if it did not. */
    Duration retryAfter() {
        return retryAfter;
    }
}

package gateway;

import io.grpc.Status;
import java.time.Duration;

/**
 * Watches a subscription's connections come and go. Called on the client's own thread, between messages;
 * what it throws ends the client with {@link End.Failed}.
 */
public interface ConnectionListener {

    /**
     * The hub has answered the call. A hub of this project answers at once, another one perhaps only with its
     * first message.
     */
    default void connected() {}

    /**
     * A connection, or an attempt at one, has ended and another attempt follows. The last end is not told
     * here but by {@link GatewayClient#end}.
     *
     * @param status why; {@code OK} when the hub has completed the stream
     * @param delay until the next attempt
     */
    default void disconnected(Status status, Duration delay) {}
}

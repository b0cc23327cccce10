package push.gateway;

import io.grpc.Status;
import java.time.Duration;

/**
 * Is notified when a client connects and disconnects. The client calls these methods on the thread that calls the
 * handler, between messages. An exception that a method throws ends the client with {@link End.Failed}.
 */
public interface ConnectionListener {

    /**
     * Called when the hub has accepted the subscription. This project's hub accepts it immediately; another
     * implementation may respond only with its first message.
     */
    default void connected() {}

    /**
     * Called when a connection has ended or could not be opened, and the client will try again. The final end is not
     * reported here; see {@link GatewayClient#end}.
     *
     * @param status the reason; {@code OK} if the hub completed the stream
     * @param delay how long the client waits before the next attempt; may be zero
     */
    default void disconnected(Status status, Duration delay) {}
}

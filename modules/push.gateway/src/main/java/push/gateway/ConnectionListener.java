package push.gateway;

import io.grpc.Status;
import java.time.Duration;

/**
 * Is notified when a client connects and disconnects. The client calls these methods on its own thread, between
 * messages. An exception that they throw ends the client with {@link End.Failed}.
 */
public interface ConnectionListener {

    /**
     * The hub has accepted the call. This project's hub responds immediately; another implementation may respond only
     * with its first message.
     */
    default void connected() {}

    /**
     * A connection has ended or could not be opened, and the client will try again. The final end is not reported here;
     * see {@link GatewayClient#end}.
     *
     * @param status the reason; {@code OK} if the hub completed the stream
     * @param delay how long the client waits before the next attempt
     */
    default void disconnected(Status status, Duration delay) {}
}

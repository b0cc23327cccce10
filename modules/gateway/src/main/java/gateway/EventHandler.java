package gateway;

import push.protocol.v1.PushEvent;

/** Takes what the hub sends. */
@FunctionalInterface
public interface EventHandler {

    /**
     * Takes one message: a client event, a session invalidation or, where the subscription wants them, a notice.
     *
     * <p>Calls come one at a time, in the hub's order, on the client's own thread. A handler may take its time
     * (the hub then stops sending to it, and may end the subscription as stalled after minutes) and may call
     * {@link GatewayClient#close}, but must not wait for the client's end.
     *
     * @throws Exception if the message could not be taken. It ends the client with {@link End.Failed}; the
     *     cursor stays before the message, so that a new client with that cursor is sent it again.
     */
    void handle(PushEvent event) throws Exception;
}

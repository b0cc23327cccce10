package push.gateway;

import push.protocol.v1.PushEvent;

/** Handles the messages that a {@link GatewayClient} receives from the hub. */
@FunctionalInterface
public interface EventHandler {

    /**
     * Handles one message: a client event, a session invalidation or, if the subscription includes notices, a notice. A
     * later version of the hub may send messages of other kinds, for which {@code getKindCase} returns {@code
     * KIND_NOT_SET}.
     *
     * <p>The client calls this method on its own thread, for one message at a time, in the hub's order. While a call
     * runs, flow control stops the hub. If the hub cannot send for too long (two minutes by default), it ends the
     * stream as stalled, and the client reconnects. A handler may call {@link GatewayClient#close}, but must not wait
     * for the client's end.
     *
     * @param event the message
     * @throws Exception if the message could not be handled. The exception ends the client with {@link End.Failed}. The
     *     client's cursor stays before the message, so the hub sends the message again to a new client with that
     *     cursor.
     */
    void handle(PushEvent event) throws Exception;
}

package push.gateway;

import io.grpc.Status;

/** The reason why a {@link GatewayClient} has ended and does not reconnect. Immutable. */
public sealed interface End {

    /** {@link GatewayClient#close} was called. */
    record Closed() implements End {}

    /**
     * The hub ended the stream with a status that {@link ReconnectPolicy} treats as final.
     *
     * @param status the hub's status; {@code ABORTED} if a newer subscription with the same id has replaced this one
     */
    record Refused(Status status) implements End {}

    /**
     * The first attempt to subscribe failed at each target, and {@link GatewayOptions#failFast} was set.
     *
     * @param status the reason of the last failure; {@code UNAVAILABLE} if no process listens at the target
     */
    record NotConnected(Status status) implements End {}

    /**
     * The handler or the listener threw an exception.
     *
     * @param cause the exception
     */
    record Failed(Throwable cause) implements End {}
}

package gateway;

import io.grpc.Status;

/** Why a {@link GatewayClient} is not coming back. */
public sealed interface End {

    /** {@link GatewayClient#close} was called. */
    record Closed() implements End {}

    /**
     * The hub ended the stream in a way that {@link EndPolicy} takes for final.
     *
     * @param status {@code ABORTED} where a newer subscription of the same id has taken over
     */
    record Refused(Status status) implements End {}

    /**
     * The first connection failed, and {@link GatewayOptions#firstMustConnect} was asked for.
     *
     * @param status {@code UNAVAILABLE} where nobody listens
     */
    record NotConnected(Status status) implements End {}

    /**
     * The handler or the listener threw.
     *
     * @param cause what was thrown
     */
    record Failed(Throwable cause) implements End {}
}

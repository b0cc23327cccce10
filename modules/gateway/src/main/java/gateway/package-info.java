/**
 * A subscription to the hub that outlives its connections.
 *
 * <p>A {@link gateway.GatewayClient} opens one call of {@code SubscribePush}, hands each message to an
 * {@link gateway.EventHandler}, and remembers its cursor once the handler has returned. When the call ends,
 * {@link gateway.EndPolicy} says whether to come back, {@link gateway.Backoff} when, and the remembered
 * cursor where. Everything happens on one thread of the client's own: while the handler works nothing more is
 * read, HTTP/2 flow control holds the hub back, and memory stays bounded by one window of 64 KiB.
 *
 * <p>The call is made on Helidon's HTTP/2 client rather than on its gRPC client, whose server-streaming call
 * in 4.5.0 takes each DATA frame for the start of a message, never learns that its connection has gone, and
 * drops the text of a status.
 */
package gateway;

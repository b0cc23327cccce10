/**
 * The gateway client: a subscription to the hub that survives the loss of its connections.
 *
 * <p>A {@link push.gateway.GatewayClient} opens a {@code SubscribePush} call, passes each message to an
 * {@link push.gateway.EventHandler}, and stores the message's cursor after the handler returns. When the call ends,
 * {@link push.gateway.ReconnectPolicy} decides whether the client reconnects, and {@link push.gateway.Backoff} decides
 * when. If there are several targets, the client first tries the others without a delay. The client then resumes after
 * the stored cursor.
 *
 * <p>One thread opens the calls, runs the handler and reconnects. While the handler runs, the client returns no
 * flow-control window, so the hub stops sending. At most one window of 64 KiB is therefore buffered, in addition to the
 * message that is being assembled.
 *
 * <p>The client is built on Helidon's HTTP/2 client and not on Helidon's gRPC client. In Helidon 4.5.0, a
 * server-streaming call of the gRPC client treats each DATA frame as the start of a message, does not notice that its
 * connection is lost, and discards the message of a status.
 */
package push.gateway;

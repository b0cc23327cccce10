/**
 * Serves subscriptions to gateways as gRPC streams.
 *
 * <p>{@link push.transport.PushTransport} is the entry point: it puts the gate ({@link push.transport.gate}) in front
 * of the web server, and adds the {@code GrpcServices}. {@code PushProtocol} accepts the streams that call
 * {@code SubscribePush}. {@code OtherCalls} handles health, reflection and calls of unknown methods. Both ask the
 * {@code CallGuard} first, which asks {@link access.Access}.
 *
 * <p>Each push stream is a {@code PushStream}. On the stream's own thread, it reads the request ({@code
 * RequestMessage}), and its {@code PushCall} subscribes. Two classes take deliveries from the subscription, one at a
 * time, and write them: the {@code DeliveryPump} on the stream's own thread, and, while that thread waits, the
 * {@code DispatcherCourier} on the dispatcher's thread. The courier writes what it can write without waiting, as
 * {@code SharedFrames}. The pump writes the first events, and the rest of each batch that the courier hands back. It
 * writes through the {@code StreamOutput}, which assembles frames as far as the flow-control windows allow, and waits.
 * Pump and courier share the {@code OutgoingBatch}, which holds what is taken and not yet written. The
 * {@code StreamWatchdog} ends a stream that makes no progress.
 *
 * <p>{@code EventEncoder} encodes an event once for all streams, and {@code NoticeEncoder} encodes a notice.
 * {@code EndStatus} maps each end of a subscription to a gRPC status, and {@code StreamResponse} writes that status.
 */
package push.transport;

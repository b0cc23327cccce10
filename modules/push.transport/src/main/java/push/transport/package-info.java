/**
 * Serves subscriptions to gateways as gRPC streams.
 *
 * <p>{@link push.transport.PushTransport} is the entry point: it puts the gate ({@link push.transport.gate}) in front
 * of the web server, and adds the {@code GrpcServices}. {@code PushProtocol} accepts the streams that call
 * {@code SubscribePush}. {@code OtherCalls} handles health, reflection and calls of unknown methods. Both ask the
 * {@code CallGuard} first, which asks {@link access.Access}.
 *
 * <p>Each push stream is a {@code PushStream}. On the stream's own thread, it reads the request
 * ({@code RequestMessage}), and its {@code PushCall} subscribes. A {@code DeliveryPump} takes deliveries from the
 * subscription and writes them in one of two ways. While the stream's own thread waits, the engine's dispatcher calls
 * the pump, which writes at once what it can write without waiting, as {@code SharedFrames}. The stream's own thread
 * writes the rest, and the first events, through the {@code StreamWriter}, which assembles frames as far as the
 * flow-control windows allow, and waits. {@code EventEncoder} encodes an event once for all streams. {@code EndStatus}
 * maps each end of a subscription to a gRPC status, and {@code StreamResponse} writes that status.
 */
package push.transport;

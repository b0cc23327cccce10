/**
 * From a subscription to a gateway's stream.
 *
 * <p>{@link push.transport.PushTransport} is the way in: it puts the gate ({@link push.transport.gate}) in front of the web
 * server, and adds the services. {@code PushProtocol} takes the streams that call {@code SubscribePush}; {@code OtherCalls}
 * takes health, reflection and methods that do not exist.
 *
 * <p>Each push stream is a {@code PushStream}: on its own thread it reads the request ({@code RequestMessage}) and has its
 * {@code PushCall} subscribe. A {@code DeliveryPump} takes from the subscription and writes, in one of two ways. While the
 * stream's own thread waits, the engine's dispatcher calls the pump, and whatever needs no waiting goes out at once, in
 * {@code SharedFrames}. The rest, and the first events, go from the stream's own thread through the {@code StreamWriter}, which
 * makes frames as far as the windows allow, and waits. {@code EventEncoder} makes an event's wire form, once for all streams;
 * {@code EndStatus} says which gRPC status each end of a subscription becomes, and {@code StreamResponse} writes it.
 */
package push.transport;

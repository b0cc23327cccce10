/**
 * From a subscription to a gateway's stream.
 *
 * <p>{@link push.transport.PushTransport} is the way in: it gives the web server {@code GatewayConnections}, which puts
 * a {@code GatewayConnection} between Helidon's HTTP/2 and each socket. {@code PushProtocol} takes the streams that
 * call {@code SubscribePush}. Each is a {@code PushStream}: on its own thread it reads the request
 * ({@code RequestMessage}) and has its {@code PushCall} subscribe. A {@code DeliveryPump} takes from the subscription
 * and writes, in one of two ways. While the stream's own thread waits, the engine's dispatcher calls: then whatever
 * needs no waiting goes out at once, in {@code SharedFrames}. The rest, and the first events, the stream's own thread
 * gives to the {@code StreamWriter}, which makes frames of it as far as the windows allow, and waits.
 * {@code EventEncoder} makes an event's wire form, once for all streams; {@code EndStatus} says which gRPC status each
 * end of a subscription becomes, and {@code StreamResponse} writes it.
 *
 * <p>Below it all is a {@code GatewaySocket}: a {@code ChannelSocket} that never blocks, and for which the
 * {@code SocketPoller} waits, or with TLS a {@code StreamSocket}.
 *
 * <p>{@code StreamSupervisor} looks after those whose reader has gone or does not read, four times a second.
 */
package push.transport;

/**
 * From a subscription to a gateway's stream.
 *
 * <p>{@link push.transport.PushTransport} is the way in. Each call of {@code SubscribePush} has a
 * {@code PushStream}: on its own thread it reads the request ({@code RequestMessage}), and has its
 * {@code PushCall} subscribe, take entries from the subscription, and write them.
 * {@code EventEncoder} makes an event's wire form, once for all streams; {@code EndStatus} says which
 * gRPC status each end of a subscription becomes; {@code StreamSupervisor} looks after the streams
 * whose reader has gone or does not read.
 */
package push.transport;

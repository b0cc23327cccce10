/**
 * From a subscription to a gateway's stream.
 *
 * <p>{@link push.transport.PushTransport} is the way in. Each call of {@code SubscribePush} is a
 * {@code PushCall}: on the call's own thread it reads the request ({@code SubscribeRequests}), takes entries
 * from its subscription, and writes them.
 * {@code EventEncoder} makes an event's wire form, once for all streams; {@code EndStatus} says which
 * gRPC status each end of a subscription becomes; {@code StreamSupervisor} looks after the streams
 * whose reader has gone or does not read.
 */
package push.transport;

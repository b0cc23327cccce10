package push.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionRequest.Start;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;
import push.protocol.v1.StalePolicy;

/** From a request on the wire to what the engine is asked for. */
final class SubscribeRequests {

    private SubscribeRequests() {}

    /**
     * Reads and checks a request.
     *
     * @param message its bytes; null when there were none
     * @param peer where it comes from
     * @throws UnsupportedOperationException when it asks for what this version does not have
     */
    static SubscriptionRequest parse(byte @Nullable [] message, String peer)
            throws InvalidProtocolBufferException, InvalidRequestException {
        if (message == null) {
            throw new InvalidRequestException("the request message is missing");
        }
        GatewaySubscribeRequest request = GatewaySubscribeRequest.parseFrom(message);
        if (!request.getInterest().equals(Interest.getDefaultInstance())) {
            throw new UnsupportedOperationException("interest is not supported by this version; leave it empty");
        }
        if (request.getOnStaleValue() > StalePolicy.LIVE_TAIL_VALUE) {
            throw new UnsupportedOperationException("on_stale is not supported by this version but for LIVE_TAIL");
        }
        try {
            return new SubscriptionRequest(request.getGatewayClientId(), peer, request.getCursor(), start(request));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static Start start(GatewaySubscribeRequest request) throws InvalidRequestException {
        return switch (request.getStart()) {
            case START_UNSPECIFIED -> Start.CURSOR;
            case START_EARLIEST -> Start.EARLIEST;
            case UNRECOGNIZED ->
                throw new InvalidRequestException("start must be 0 or 1, and was " + request.getStartValue());
        };
    }
}

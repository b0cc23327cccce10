package push.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import push.engine.Interest;
import push.engine.StalePolicy;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionRequest.Start;
import push.protocol.v1.GatewaySubscribeRequest;

/** From a request on the wire to what the engine is asked for. */
final class SubscribeRequests {

    private SubscribeRequests() {}

    /**
     * Reads and checks a request.
     *
     * @param message its bytes
     * @param peer where it comes from
     */
    static SubscriptionRequest parse(byte[] message, String peer) throws StatusException {
        try {
            GatewaySubscribeRequest request = GatewaySubscribeRequest.parseFrom(message);
            return new SubscriptionRequest(
                    request.getGatewayClientId(),
                    peer,
                    request.getCursor(),
                    start(request),
                    onStale(request),
                    interest(request.getInterest()),
                    request.getWantNotices());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Start start(GatewaySubscribeRequest request) throws StatusException {
        return switch (request.getStart()) {
            case START_UNSPECIFIED -> Start.CURSOR;
            case START_EARLIEST -> Start.EARLIEST;
            case UNRECOGNIZED -> throw invalid("start must be 0 or 1, and was " + request.getStartValue());
        };
    }

    private static StalePolicy onStale(GatewaySubscribeRequest request) throws StatusException {
        return switch (request.getOnStale()) {
            case STALE_POLICY_UNSPECIFIED, LIVE_TAIL -> StalePolicy.LIVE_TAIL;
            case OLDEST_RETAINED -> StalePolicy.OLDEST_RETAINED;
            case FAIL -> StalePolicy.FAIL;
            case UNRECOGNIZED -> throw invalid("on_stale must be 0 to 3, and was " + request.getOnStaleValue());
        };
    }

    private static Interest interest(push.protocol.v1.Interest wire) throws StatusException {
        Set<UUID> users = HashSet.newHashSet(wire.getUserIdsCount());
        for (String text : wire.getUserIdsList()) {
            users.add(userId(text));
        }
        return new Interest(
                users,
                new HashSet<>(wire.getKindsList()),
                Integer.toUnsignedLong(wire.getShard()),
                Integer.toUnsignedLong(wire.getShardCount()));
    }

    private static UUID userId(String text) throws StatusException {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text.toLowerCase(Locale.ROOT))) { // else it is one in a form of its own
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Said below, together with what is only nearly a UUID.
        }
        String shown = text.length() <= 50 ? text : text.substring(0, 50) + "…";
        throw invalid("interest.user_ids must be UUIDs in text form, and one was \"" + shown + "\"");
    }

    private static StatusException invalid(String description) {
        return Status.INVALID_ARGUMENT.withDescription(description).asException();
    }
}

package push.transport;

import access.Decision;
import io.grpc.Status;
import push.engine.End;
import push.engine.SubscriptionRefused;

/** Maps the end or the refusal of a call to the gRPC status that tells its gateway whether to reconnect. */
final class EndStatus {

    private EndStatus() {}

    static Status of(End end) {
        return switch (end) {
            case REPLACED ->
                Status.ABORTED.withDescription("replaced by a newer subscription of the same gateway_client_id");
            case STOPPED -> Status.UNAVAILABLE.withDescription("push service stopped");
            case STALLED -> Status.UNAVAILABLE.withDescription("stalled: the reader took nothing for too long");
            case RECONNECT -> Status.UNAVAILABLE.withDescription("to be opened anew, on another connection");
            case DEADLINE_EXCEEDED ->
                Status.DEADLINE_EXCEEDED.withDescription("the deadline that grpc-timeout set has passed");
            case UNAUTHENTICATED ->
                Status.UNAUTHENTICATED.withDescription("the credentials of the call are no longer valid");
            case DENIED ->
                Status.PERMISSION_DENIED.withDescription(
                        "the credentials of the call no longer allow the subscription");
            case FAILED -> Status.INTERNAL.withDescription("the hub failed; its log says why");
            case CANCELLED, DISCONNECTED -> Status.CANCELLED;
        };
    }

    static Status of(Decision.Refused refused) {
        Status status = switch (refused) {
            case Decision.Unauthenticated _ -> Status.UNAUTHENTICATED;
            case Decision.Denied _ -> Status.PERMISSION_DENIED;
        };
        return status.withDescription(refused.detail());
    }

    static Status of(SubscriptionRefused refused) {
        Status status = switch (refused.reason()) {
            case STARTING, STOPPED, LOG_UNAVAILABLE -> Status.UNAVAILABLE;
            case TOO_MANY, CONTESTED -> Status.RESOURCE_EXHAUSTED;
            case MALFORMED_CURSOR -> Status.INVALID_ARGUMENT;
            case CURSOR_OUT_OF_RANGE -> Status.OUT_OF_RANGE;
        };
        return status.withDescription(refused.getMessage());
    }
}

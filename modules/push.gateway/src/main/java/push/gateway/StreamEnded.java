package push.gateway;

import io.grpc.Status;
import java.io.Serial;

/**
 * The end of a call, normal or not.
 *
 * <p>The policy depends on the source of the status: only a status that the hub itself sent can be final.
 */
final class StreamEnded extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final ReconnectPolicy policy;

    private StreamEnded(Status status, ReconnectPolicy policy) {
        super(status.toString(), status.getCause(), false, false);
        this.status = status;
        this.policy = policy;
    }

    /** An end that the hub reported in {@code grpc-status}. */
    static StreamEnded byHub(Status status) {
        return new StreamEnded(status, ReconnectPolicy.of(status.getCode()));
    }

    /** An end caused by the client itself, or by the network or a proxy. */
    static StreamEnded byOther(Status status) {
        return new StreamEnded(status, ReconnectPolicy.withoutHubStatus());
    }

    ReconnectPolicy policy() {
        return policy;
    }

    Status status() {
        return status;
    }
}

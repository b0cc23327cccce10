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
    private final EndPolicy policy;

    private StreamEnded(Status status, EndPolicy policy) {
        super(status.toString(), status.getCause(), false, false);
        this.status = status;
        this.policy = policy;
    }

    /** An end that the hub reported in {@code grpc-status}. */
    static StreamEnded byHub(Status status) {
        return new StreamEnded(status, EndPolicy.of(status.getCode()));
    }

    /** An end caused by the client itself, or by something between the client and the hub. */
    static StreamEnded byOther(Status status) {
        return new StreamEnded(status, EndPolicy.ofOthers());
    }

    EndPolicy policy() {
        return policy;
    }

    Status status() {
        return status;
    }
}

package gateway;

import io.grpc.Status;
import java.io.Serial;

/**
 * A call is over, in order or not.
 *
 * <p>Its policy follows from who says so: only the hub's own word can be final.
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

    /** The hub has said so, in {@code grpc-status}. */
    static StreamEnded byHub(Status status) {
        return new StreamEnded(status, EndPolicy.of(status.getCode()));
    }

    /** Something between the two has, or the client itself. */
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

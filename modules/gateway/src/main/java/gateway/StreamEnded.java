package gateway;

import io.grpc.Status;
import java.io.Serial;

/** A call is over, in order or not. */
final class StreamEnded extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    StreamEnded(Status status) {
        super(status.toString(), status.getCause(), false, false);
        this.status = status;
    }

    Status status() {
        return status;
    }
}

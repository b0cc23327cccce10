package conformance.hostile;

import java.util.Arrays;

/**
 * The hub's reaction to an exchange, as the peer observes it.
 *
 * @param status the HTTP status on the stream; 0 if none came
 * @param reset the error code of the RST_STREAM on the stream; -1 if none came
 * @param goAway the error code of the GOAWAY; -1 if none came
 * @param closed whether the hub closed the connection
 */
public record Observed(int status, int reset, int goAway, boolean closed) {

    /** Whether the connection is still usable. */
    public boolean isAlive() {
        return !closed && goAway < 0;
    }

    /** Not thread-safe. */
    static final class Builder {

        private int status;
        private int reset = -1;
        private int goAway = -1;
        private boolean closed;
        private boolean acknowledged;

        void add(Http2Frame frame, int stream, byte[] marker) {
            if (frame.type() == Http2Frame.GOAWAY) {
                goAway = frame.number(4);
            } else if (frame.type() == Http2Frame.RST_STREAM && frame.stream() == stream) {
                reset = frame.number(0);
            } else if (frame.type() == Http2Frame.PING && frame.has(Http2Frame.ACK)) {
                acknowledged |= Arrays.equals(frame.payload(), marker);
            }
        }

        void status(int first) {
            status = first;
        }

        void closed() {
            closed = true;
        }

        boolean isComplete(int stream) {
            return acknowledged && goAway < 0 && (stream == 0 || status != 0 || reset >= 0);
        }

        Observed build() {
            return new Observed(status, reset, goAway, closed);
        }
    }
}

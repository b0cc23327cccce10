package push.transport.gate;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds out when a peer has read everything that was written to it. The hub sends a ping last, and the peer
 * acknowledges the ping only after it has read everything before it. If the hub closed the connection earlier, bytes
 * that the peer still sends could cause a reset, and the peer would lose what it has not read yet.
 */
final class LastPing {

    /** The payload of this ping, which no other ping of the hub has. */
    private static final long PAYLOAD = 0xFAC1_9EE7_D0C3_B5FEL;

    private volatile boolean answered;

    /** The frames to write after everything else: a GOAWAY, and the ping that the peer acknowledges after it. */
    static byte[] frames() {
        byte[] goAway = ControlFrames.goAway();
        byte[] ping = ControlFrames.ping(PAYLOAD);
        byte[] both = Arrays.copyOf(goAway, goAway.length + ping.length);
        System.arraycopy(ping, 0, both, goAway.length, ping.length);
        return both;
    }

    /** The peer has acknowledged a ping with this payload of eight bytes. */
    void answered(byte[] payload) {
        if (ByteBuffer.wrap(payload).getLong() == PAYLOAD) {
            answered = true;
        }
    }

    boolean isAnswered() {
        return answered;
    }
}

package push.transport.gate;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds out that a peer has read all that was written to it: by a ping behind everything else, which it answers only
 * then. A connection that is closed earlier may be reset by what the peer still sends, and with it what the peer has
 * yet to read.
 */
final class LastPing {

    /** Not that of any other ping. */
    private static final long PAYLOAD = 0xFAC1_9EE7_D0C3_B5FEL;

    private volatile boolean answered;

    /** To be written behind everything else: tells the peer to leave, and asks whether it has heard. */
    static byte[] frames() {
        byte[] goAway = ControlFrames.goAway();
        byte[] ping = ControlFrames.ping(PAYLOAD);
        byte[] both = Arrays.copyOf(goAway, goAway.length + ping.length);
        System.arraycopy(ping, 0, both, goAway.length, ping.length);
        return both;
    }

    /** The peer has answered a ping with this payload, of eight bytes. */
    void answered(byte[] payload) {
        if (ByteBuffer.wrap(payload).getLong() == PAYLOAD) {
            answered = true;
        }
    }

    boolean isAnswered() {
        return answered;
    }
}

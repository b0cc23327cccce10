package push.transport.gate;

import java.util.Arrays;

/**
 * Finds out that a peer has read all that was written to it: by a ping behind everything else, which it answers only
 * then. A connection that is closed earlier may be reset by what the peer still sends, and with it what the peer has
 * yet to read.
 */
final class LastPing {

    /** Not that of any other ping, and not UTF-8, so that no text of a peer's can be taken for it. */
    private static final long PAYLOAD = 0xFAC1_9EE7_D0C3_B5FEL;

    private volatile boolean sent;
    private volatile boolean answered;
    private long lastEightBytes; // only the connection's thread uses it

    /** To be written behind everything else: tells the peer to leave, and asks whether it has heard. */
    byte[] frames() {
        byte[] goAway = ControlFrames.goAway();
        byte[] ping = ControlFrames.ping(PAYLOAD);
        byte[] both = Arrays.copyOf(goAway, goAway.length + ping.length);
        System.arraycopy(ping, 0, both, goAway.length, ping.length);
        sent = true;
        return both;
    }

    /** The peer has sent this. */
    void heard(byte[] bytes) {
        if (!sent || answered) {
            return;
        }
        for (byte b : bytes) { // an answer may come in pieces
            lastEightBytes = lastEightBytes << Byte.SIZE | Byte.toUnsignedLong(b);
            if (lastEightBytes == PAYLOAD) {
                answered = true;
            }
        }
    }

    boolean isAnswered() {
        return answered;
    }
}

package conformance.hostile;

import java.io.IOException;

/**
 * One thing that a client of HTTP/2 may do, and what must come of it.
 *
 * @param section of RFC 9113, or another rule
 * @param name what is done
 * @param expected what must come of it, on stream 3
 * @param script does it, on a connection that has a gateway on stream 1
 */
record Exchange(String section, String name, Expected expected, Script script) {

    /** The stream that exchanges use. */
    static final int STREAM = 3;

    /** Something that is sent. */
    @FunctionalInterface
    interface Script {
        void play(Http2Peer peer) throws IOException;
    }

    /** One HEADERS frame that ends its stream. */
    static Exchange headers(String section, String name, Expected expected, HeaderBlock block) {
        return new Exchange(section, name, expected, peer -> peer.headers(STREAM, Http2Frame.END_STREAM, block));
    }

    /** One frame. */
    static Exchange frame(String section, String name, Expected expected, Http2Frame frame) {
        return new Exchange(section, name, expected, peer -> peer.send(frame));
    }

    @Override
    public String toString() {
        return section + ", " + name + ": " + expected;
    }
}

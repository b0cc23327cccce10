package conformance.hostile;

import java.io.IOException;

/**
 * An action of an HTTP/2 client, and the expected reaction of the hub.
 *
 * @param section the section of RFC 9113, or another rule
 * @param name the name of the action
 * @param expected the expected reaction on stream 3
 * @param script performs the action, on a connection with a gateway on stream 1
 */
record Exchange(String section, String name, Expected expected, Script script) {

    /** The stream that exchanges use. */
    static final int STREAM = 3;

    /** Sends frames. */
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

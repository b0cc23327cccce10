package push.transport.gate;

import java.nio.charset.StandardCharsets;

/** The bytes with which a client begins an HTTP/2 connection (RFC 9113, section 3.4). */
final class Preface {

    private static final byte[] BYTES = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Preface() {}

    /** The whole preface; the caller may change the array. */
    static byte[] bytes() {
        return BYTES.clone();
    }

    /** How the first bytes of a connection compare to the preface. */
    enum Match {
        /** The bytes belong to another protocol. */
        NONE,
        /** The bytes are the beginning of the preface. */
        BEGINNING,
        /** The preface is complete; more bytes may follow it. */
        WHOLE
    }

    static Match match(byte[] first) {
        int length = Math.min(first.length, BYTES.length);
        for (int i = 0; i < length; i++) {
            if (first[i] != BYTES[i]) {
                return Match.NONE;
            }
        }
        return length == BYTES.length ? Match.WHOLE : Match.BEGINNING;
    }
}

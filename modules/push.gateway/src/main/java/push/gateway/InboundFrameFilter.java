package push.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Inspects the HTTP/2 frames that a hub sends, before Helidon reads them, and removes each {@code GOAWAY}. Helidon
 * closes the connection at any {@code GOAWAY}, although a graceful one lets open streams finish (RFC 9113, section
 * 6.8). A connection of this client has only one stream, so the client can ignore a graceful {@code GOAWAY}.
 *
 * <p>A {@code GOAWAY} with an error, or one that does not cover this client's stream, ends the input. Data that arrived
 * before it is still delivered. A first frame other than {@code SETTINGS} also ends the input: the peer does not speak
 * HTTP/2. Not thread-safe, except {@link #hasBegun}.
 */
final class InboundFrameFilter {

    private static final int HEADER_BYTES = 9;

    /** The fixed part of a {@code GOAWAY} payload: the last stream and the error code. */
    private static final int GOAWAY_BYTES = 8;

    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;

    /** The only stream that this client opens on a connection. */
    private static final int OWN_STREAM = 1;

    private static final int MAX_QUOTED_BYTES = 60;

    private final byte[] header = new byte[HEADER_BYTES];
    private final byte[] goAway = new byte[GOAWAY_BYTES];
    private int headerBytes;
    private int goAwayBytes;

    /** How many bytes of the current frame's payload have not arrived yet. */
    private int payloadLeft;

    private boolean inGoAway;
    private volatile boolean begun;
    private Optional<String> end = Optional.empty();

    /** Whether the peer has started to speak HTTP/2. Safe to call from any thread. */
    boolean hasBegun() {
        return begun;
    }

    /** Records that the peer sends no more data. */
    void endOfInput() {
        if (!begun && headerBytes > 0 && end.isEmpty()) {
            Arrays.fill(header, headerBytes, HEADER_BYTES, (byte) ' ');
            end = Optional.of(describeOtherProtocol(ByteBuffer.allocate(0)));
        }
    }

    /** Why the input has ended; empty if it has not, or if the peer closed the connection without an error. */
    Optional<String> end() {
        return end;
    }

    /**
     * Filters the next bytes from the peer.
     *
     * @return the bytes to pass on to Helidon; may be empty
     */
    byte[] filter(byte[] read) {
        ByteBuffer in = ByteBuffer.wrap(read);
        ByteBuffer out = ByteBuffer.allocate(headerBytes + read.length);
        while (in.hasRemaining() && end.isEmpty()) {
            if (payloadLeft > 0) {
                filterPayload(in, out);
            } else {
                filterHeader(in, out);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private void filterHeader(ByteBuffer in, ByteBuffer out) {
        headerBytes += get(in, header, headerBytes, HEADER_BYTES - headerBytes);
        if (headerBytes < HEADER_BYTES) {
            return;
        }
        headerBytes = 0;
        int type = header[3];
        if (!begun && type != SETTINGS) {
            end = Optional.of(describeOtherProtocol(in));
            return;
        }
        begun = true;
        payloadLeft = Byte.toUnsignedInt(header[0]) << 16
                | Byte.toUnsignedInt(header[1]) << 8
                | Byte.toUnsignedInt(header[2]);
        inGoAway = type == GOAWAY;
        goAwayBytes = 0;
        if (!inGoAway) {
            out.put(header);
        }
    }

    private void filterPayload(ByteBuffer in, ByteBuffer out) {
        int n = Math.min(payloadLeft, in.remaining());
        payloadLeft -= n;
        if (!inGoAway) {
            out.put(in.slice(in.position(), n));
            in.position(in.position() + n);
            return;
        }
        int copied = get(in, goAway, goAwayBytes, Math.min(n, GOAWAY_BYTES - goAwayBytes));
        in.position(in.position() + n - copied); // skips the debug data
        goAwayBytes += copied;
        if (copied > 0 && goAwayBytes == GOAWAY_BYTES) {
            handleGoAway(ByteBuffer.wrap(goAway));
        }
    }

    private static int get(ByteBuffer in, byte[] into, int at, int max) {
        int n = Math.min(in.remaining(), max);
        in.get(into, at, n);
        return n;
    }

    private void handleGoAway(ByteBuffer payload) {
        int lastStream = payload.getInt() & Integer.MAX_VALUE;
        int error = payload.getInt();
        if (error != 0) {
            end = Optional.of("the server closed the connection with HTTP/2 error " + Integer.toUnsignedString(error));
        } else if (lastStream < OWN_STREAM) {
            end = Optional.of("the server closed the connection without processing the request");
        }
    }

    /** Describes what the peer sent instead of HTTP/2, with its first line of text. */
    private String describeOtherProtocol(ByteBuffer rest) {
        byte[] bytes = Arrays.copyOf(header, HEADER_BYTES + Math.min(rest.remaining(), MAX_QUOTED_BYTES));
        rest.get(rest.position(), bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
        if (bytes[0] == 0x15 || bytes[0] == 0x16) { // alert or handshake
            return "the server speaks TLS, but this client does not";
        }
        String line = new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("[^ -~]", "?");
        return "the server does not speak HTTP/2; it sent: " + line;
    }
}

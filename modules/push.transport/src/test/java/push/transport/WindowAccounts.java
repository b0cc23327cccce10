package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import push.transport.gate.RawFrame;

/** A peer's own account of its windows, which no frame may exceed. */
final class WindowAccounts {

    private final RawGateway gateway;
    private final Map<Integer, Long> streams = new HashMap<>();
    private long initial;
    private long connection = RawGateway.DEFAULT_WINDOW;

    /** A ledger for a peer whose settings give each stream {@code initial} bytes. */
    WindowAccounts(RawGateway gateway, int initial) {
        this.gateway = gateway;
        this.initial = initial;
    }

    /** The number of bytes that the hub may write on a stream now; 0 or negative if a window is used up. */
    long usable(int stream) {
        return Math.min(connection, window(stream));
    }

    private long window(int stream) {
        return streams.getOrDefault(stream, initial);
    }

    void grant(int stream, int bytes) throws IOException {
        if (stream == 0) {
            connection += bytes;
        } else {
            streams.put(stream, window(stream) + bytes);
        }
        gateway.grant(stream, bytes);
    }

    /** Opens the windows that block a stream: its own, the connection's, or both. */
    void open(int stream, int atMost, SplittableRandom random) throws IOException {
        while (window(stream) <= 0) {
            grant(stream, random.nextInt(1, atMost));
        }
        while (connection <= 0) {
            grant(0, random.nextInt(1, atMost));
        }
    }

    /**
     * Changes the initial window of all streams, and waits until the hub has applied it. A larger window may be used at
     * once; a smaller one applies from the acknowledgement on.
     */
    void initial(int bytes, int... known) throws IOException {
        long more = bytes - initial;
        gateway.settings(RawGateway.INITIAL_WINDOW_SIZE, bytes);
        if (more > 0) {
            add(more, known);
        }
        for (RawFrame frame = gateway.read(); !isSettingsAck(frame); frame = gateway.read()) {
            took(frame);
        }
        if (more < 0) {
            add(more, known);
        }
        initial = bytes;
    }

    private void add(long bytes, int... known) {
        for (int stream : known) {
            streams.put(stream, window(stream) + bytes);
        }
    }

    private static boolean isSettingsAck(RawFrame frame) {
        return frame.type == RawFrame.SETTINGS && frame.has(RawFrame.ACK);
    }

    /** Subtracts a frame from the windows, and checks that it fits. */
    void took(RawFrame frame) {
        if (frame.type == RawFrame.DATA) {
            connection -= frame.payload.length;
            streams.put(frame.stream, window(frame.stream) - frame.payload.length);
            assertThat("the connection's window after a " + frame, connection, greaterThanOrEqualTo(0L));
            assertThat("the stream's window after a " + frame, window(frame.stream), greaterThanOrEqualTo(0L));
        }
    }
}

package push.transport.gate;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The frames that wait for the socket and need no flow-control window, such as SETTINGS and PING acknowledgements,
 * RST_STREAM and WINDOW_UPDATE. Thread-safe.
 */
final class ControlQueue {

    private final Queue<byte[]> frames = new ArrayDeque<>();
    private volatile int bytes;

    synchronized void add(byte[] frame) {
        frames.add(frame);
        bytes += frame.length; // changed only here and in takeAll(), under the lock
    }

    /** The number of bytes that wait. */
    int bytes() {
        return bytes;
    }

    /** Removes and returns all frames. */
    synchronized ByteBuffer takeAll() {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        frames.forEach(all::put);
        frames.clear();
        bytes = 0;
        return all.flip();
    }
}

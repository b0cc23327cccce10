package push.transport.gate;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** Frames that need no window and wait for the socket: answers to pings and settings, resets, windows. Safe for any thread. */
final class ControlQueue {

    private final Queue<byte[]> frames = new ArrayDeque<>();
    private volatile int bytes;

    synchronized void add(byte[] frame) {
        frames.add(frame);
        bytes += frame.length; // only here and in takeAll(), under the lock
    }

    /** How many bytes wait. */
    int bytes() {
        return bytes;
    }

    /** Takes all that waits. */
    synchronized ByteBuffer takeAll() {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        frames.forEach(all::put);
        frames.clear();
        bytes = 0;
        return all.flip();
    }
}

package push.transport.gate;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The queue of frames for Helidon, which takes one frame at a time and handles it before it takes the next. The thread
 * that reads the connection adds most frames; a handler that has taken a part of a body adds the next part.
 * Thread-safe.
 */
final class InboundQueue {

    private final Queue<byte[]> frames = new ArrayDeque<>();

    synchronized void add(byte[] frame) {
        frames.add(frame);
    }

    synchronized byte @Nullable [] poll() {
        return frames.poll();
    }
}

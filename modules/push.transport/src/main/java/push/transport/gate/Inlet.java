package push.transport.gate;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Frames for Helidon, which takes one at a time and deals with it before it takes the next. Most come from the thread that
 * reads the connection; handlers that have taken a part of a body make room for the next part. Safe for any thread.
 */
final class Inlet {

    private final Queue<byte[]> frames = new ArrayDeque<>();

    synchronized void add(byte[] frame) {
        frames.add(frame);
    }

    synchronized byte @Nullable [] poll() {
        return frames.poll();
    }
}

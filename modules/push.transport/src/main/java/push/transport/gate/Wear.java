package push.transport.gate;

/**
 * Tracks how close a connection is to a limit inside Helidon. Helidon adds two permits to a semaphore for each DATA
 * frame that it writes. No thread takes these permits while the windows stay open, and the semaphore fails beyond 2^31
 * permits. Thread-safe.
 */
final class Wear {

    /**
     * The number of bytes after which Helidon's connection window is opened again. Helidon sees a window of 2^31-1
     * bytes for all of its streams, which must be opened before it is used up.
     */
    private static final long WINDOW_STEP = 1L << 30;

    private final long maxFrames;
    private long frames;
    private long sinceUpdate;

    Wear(long maxFrames) {
        this.maxFrames = maxFrames;
    }

    /** Helidon has written a DATA frame. */
    synchronized void wrote(int bytes) {
        frames++;
        sinceUpdate += bytes;
    }

    synchronized boolean isWornOut() {
        return frames >= maxFrames;
    }

    /** The bytes by which to open Helidon's connection window; 0 while it is open enough. */
    synchronized int dueUpdate() {
        if (sinceUpdate < WINDOW_STEP) {
            return 0;
        }
        sinceUpdate -= WINDOW_STEP;
        return (int) WINDOW_STEP;
    }
}

package push.transport.gate;

/**
 * Tracks how close a connection is to two limits inside Helidon. Helidon adds two permits to a semaphore for each DATA
 * frame that it writes. No thread takes these permits while the windows stay open, and the semaphore fails beyond 2^31
 * permits. The other limit is Helidon's send window of the connection. Thread-safe.
 */
final class HelidonLimits {

    /**
     * The number of bytes after which Helidon's connection window is opened again. Helidon sees a window of 2^31-1
     * bytes for all of its streams, which must be opened before it is used up.
     */
    private static final long WINDOW_STEP = 1L << 30;

    private final long maxFrames;
    private long frames;
    private long sinceUpdate;

    HelidonLimits(long maxFrames) {
        this.maxFrames = maxFrames;
    }

    /** Helidon has written a DATA frame. */
    synchronized void wroteData(int bytes) {
        frames++;
        sinceUpdate += bytes;
    }

    /** Whether Helidon has written as many DATA frames as it may. */
    synchronized boolean isExhausted() {
        return frames >= maxFrames;
    }

    /** Takes the bytes by which to open Helidon's connection window now; 0 while it is open enough. */
    synchronized int takeWindowIncrement() {
        if (sinceUpdate < WINDOW_STEP) {
            return 0;
        }
        sinceUpdate -= WINDOW_STEP;
        return (int) WINDOW_STEP;
    }
}

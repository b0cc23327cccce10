package push.transport.gate;

/**
 * How much of its life a connection of Helidon's has used up. Helidon counts each frame of DATA that it writes twice,
 * in a semaphore that nobody empties while the windows stay open, and that fails beyond 2^31. Safe for any thread.
 */
final class Wear {

    /**
     * Helidon believes in a window of 2^31-1 bytes for all of its streams, which has to be opened again before it is
     * used up.
     */
    private static final long WINDOW_STEP = 1L << 30;

    private final long maxFrames;
    private long frames;
    private long sinceUpdate;

    Wear(long maxFrames) {
        this.maxFrames = maxFrames;
    }

    /** Helidon has written a frame of DATA. */
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

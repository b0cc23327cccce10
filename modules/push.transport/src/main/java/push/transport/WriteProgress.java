package push.transport;

/** For how long a stream's thread has tried to write something. One thread writes; any may ask. */
final class WriteProgress {

    private static final long IDLE = Long.MIN_VALUE;

    private volatile long since = IDLE;

    /** A write begins, or has got further. */
    void advance() {
        since = System.nanoTime();
    }

    /** There is nothing to write. */
    void done() {
        since = IDLE;
    }

    /** For how many nanoseconds a write has got no further; 0 when there is none. */
    long stuckFor(long now) {
        long start = since;
        return start == IDLE ? 0 : Math.max(0, now - start);
    }
}

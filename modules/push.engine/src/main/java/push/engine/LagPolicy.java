package push.engine;

/**
 * How far a subscription may lag.
 *
 * <p>The log is its buffer, so it may lag as far as the log reaches. A smaller bound counts only what
 * was published after the subscription was opened: a long replay is not a slow consumer.
 *
 * @param buffer how many events it may lag; 0 for as far as the log reaches
 */
record LagPolicy(int buffer) {

    /**
     * The last client event that is lost to a subscription; at least its position, which means none.
     *
     * @param position where it stands, or what is lost to it already
     * @param openedAt the head at the moment when it was opened
     * @param oldest the oldest sequence that the log still holds
     * @param head the newest sequence; read before {@code oldest}
     */
    long floor(long position, long openedAt, long oldest, long head) {
        long floor = Math.max(position, oldest - 1);
        if (buffer > 0 && floor >= openedAt) {
            floor = Math.max(floor, head - buffer);
        }
        return floor;
    }
}

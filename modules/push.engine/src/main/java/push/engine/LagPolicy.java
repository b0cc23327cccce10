package push.engine;

/**
 * How far a subscription may lag.
 *
 * <p>The log is the subscription's buffer, so a subscription may lag as far as the log reaches. A smaller bound counts
 * only events published after the subscription was opened, because a long replay does not make a slow reader.
 *
 * @param buffer how many events the subscription may lag; 0 for as far as the log reaches
 */
record LagPolicy(int buffer) {

    /**
     * Returns the sequence up to which client events are lost to a subscription; {@code position} if none are.
     *
     * @param position the subscription's position, or the sequence up to which client events are already lost
     * @param openedAt the head when the subscription was opened
     * @param oldest the oldest sequence that the log still holds
     * @param head the newest sequence; must be read before {@code oldest}
     */
    long floor(long position, long openedAt, long oldest, long head) {
        long floor = Math.max(position, oldest - 1);
        if (buffer > 0 && floor >= openedAt) {
            floor = Math.max(floor, head - buffer);
        }
        return floor;
    }
}

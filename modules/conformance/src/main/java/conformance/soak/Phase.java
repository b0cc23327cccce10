package conformance.soak;

/**
 * The configuration of a hub in a soak.
 *
 * @param maxRetainedBytes {@code push.ring.max-bytes}
 * @param buffer {@code push.subscriber.buffer}
 * @param lossless whether the log holds more events than a subscriber can lag, so that no subscriber may lose an event
 */
public record Phase(String name, long maxRetainedBytes, int buffer, boolean lossless) {

    /** A log with room for any lag of the subscribers. */
    static final Phase ROOMY = new Phase("roomy", 128L << 20, 0, true);

    /** A log that retains fewer than 2,000 events. */
    static final Phase SHORT_LOG = new Phase("short log", 1L << 20, 0, false);

    /** A buffer that lets subscribers lag by 2,048 events. */
    static final Phase SMALL_BUFFER = new Phase("small buffer", 128L << 20, 2_048, false);

    /** More events than a small log or buffer holds: a subscriber that lags this far loses some. */
    static final int EXCESSIVE_LAG = 4_096;

    /**
     * The hub's settings. The stall timeout is the shortest allowed, so that the longest stalls exceed it. Idempotency
     * keys are retained only as long as a repeated call takes.
     */
    String yaml() {
        return """
                push:
                  heartbeat: PT1S
                  ring: { max-bytes: %s }
                  subscriber: { buffer: %s, stall-timeout: PT10S }
                notification: { idempotency: { retention: PT10S } }
                """.formatted(maxRetainedBytes, buffer);
    }

    @Override
    public String toString() {
        return name;
    }
}

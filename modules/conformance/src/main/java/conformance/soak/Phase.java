package conformance.soak;

/**
 * A hub to be soaked.
 *
 * @param maxRetainedBytes {@code push.ring.max-bytes}
 * @param buffer {@code push.subscriber.buffer}
 * @param lossless whether it has room for all that a subscriber can lag here, so that nobody may lose anything
 */
public record Phase(String name, long maxRetainedBytes, int buffer, boolean lossless) {

    /** Room enough for everything that a subscriber can lag. */
    static final Phase ROOMY = new Phase("roomy", 128L << 20, 0, true);

    /** A log that reaches back for less than 2,000 events. */
    static final Phase SHORT_LOG = new Phase("short log", 1L << 20, 0, false);

    /** Subscribers may lag 2,048 events. */
    static final Phase SMALL_BUFFER = new Phase("small buffer", 128L << 20, 2_048, false);

    /** So many events are more than a small log or buffer holds: who lags that far, loses some. */
    static final int TOO_FAR = 4_096;

    /**
     * The hub's settings. The time-out is the shortest allowed, so that the longest stalls run into it; idempotency
     * keys are kept no longer than it takes to repeat a call.
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

package auth;

import java.time.Duration;

/**
 * The pause after each of several failures in a row: at first 100 ms, then twice as long each time, up to 5 s. For one
 * thread.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(5);

    private Duration pause = Duration.ZERO;

    /** Whether the last attempt has failed. */
    boolean isActive() {
        return !pause.isZero();
    }

    /** Counts a failure, and returns the pause after it. */
    Duration failed() {
        Duration longer = isActive() ? pause.multipliedBy(2) : FIRST;
        pause = longer.compareTo(MAX) < 0 ? longer : MAX;
        return pause;
    }

    /** An attempt has succeeded. */
    void succeeded() {
        pause = Duration.ZERO;
    }
}

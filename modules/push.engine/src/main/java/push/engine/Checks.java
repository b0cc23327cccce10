package push.engine;

import java.time.Duration;

/** Checks configuration values. A message names the component, its value and the allowed range. */
final class Checks {

    /** Durations above about 292 years overflow a count of nanoseconds; this maximum is well below. */
    private static final Duration MAX = Duration.ofDays(36_500);

    private Checks() {}

    static void range(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", but was " + value);
        }
    }

    static void positive(String name, Duration value) {
        if (!value.isPositive() || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " must be positive and at most " + MAX + ", but was " + value);
        }
    }

    static void notNegative(String name, Duration value) {
        if (value.isNegative() || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " must be PT0S to " + MAX + ", but was " + value);
        }
    }
}

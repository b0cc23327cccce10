package push.engine;

import java.time.Duration;

/** Refuses what a configuration can't be, naming the component, its value and what is allowed. */
final class Checks {

    /** More can't be counted in nanoseconds. */
    private static final Duration MAX = Duration.ofDays(36_500);

    private Checks() {}

    static void range(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", and was " + value);
        }
    }

    static void positive(String name, Duration value) {
        if (!value.isPositive() || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " must be positive and at most " + MAX + ", and was " + value);
        }
    }

    static void notNegative(String name, Duration value) {
        if (value.isNegative() || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " must be PT0S to " + MAX + ", and was " + value);
        }
    }
}

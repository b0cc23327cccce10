package conformance.soak;

import java.util.random.RandomGenerator;

/**
 * The time for which a subscriber stays disconnected after a cut: usually a moment, sometimes until its cursor is stale
 * in a small log.
 *
 * @param untilNanos the earliest time to return, by {@link System#nanoTime}
 * @param untilHead the sequence that the log must reach first
 */
record Absence(long untilNanos, long untilHead) {

    private static final int LONG_ONE_IN = 8;
    private static final int MAX_MOMENT_NANOS = 200_000_000;

    static Absence from(long now, long head, RandomGenerator random) {
        boolean longer = random.nextInt(LONG_ONE_IN) == 0;
        return new Absence(now + random.nextInt(MAX_MOMENT_NANOS), head + (longer ? Phase.EXCESSIVE_LAG : 0));
    }

    boolean isOver(long now, long head, boolean calm) {
        return now - untilNanos >= 0 && (calm || head >= untilHead);
    }
}

package conformance.soak;

import java.util.random.RandomGenerator;

/**
 * How long a subscriber stays away after a cut: mostly a moment, now and then until its cursor is stale in a small log.
 *
 * @param untilNanos of {@link System#nanoTime}
 * @param untilHead how far the log must have come
 */
record Absence(long untilNanos, long untilHead) {

    private static final int LONG_ONE_IN = 8;
    private static final int MAX_MOMENT_NANOS = 200_000_000;

    static Absence from(long now, long head, RandomGenerator random) {
        boolean longer = random.nextInt(LONG_ONE_IN) == 0;
        return new Absence(now + random.nextInt(MAX_MOMENT_NANOS), head + (longer ? Phase.TOO_FAR : 0));
    }

    boolean isOver(long now, long head, boolean calm) {
        return now - untilNanos >= 0 && (calm || head >= untilHead);
    }
}

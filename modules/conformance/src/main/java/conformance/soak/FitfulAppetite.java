package conformance.soak;

import java.util.random.RandomGenerator;

/**
 * Takes next to nothing for a while, then all again. A while is counted in events, not in time, so that it is too long
 * for a small log on any machine.
 */
final class FitfulAppetite implements Appetite {

    private static final int BATCH = 64;
    private static final int CRUMBS = 3;

    private final RandomGenerator random;
    private boolean fasting;
    private long changesAt;
    private int outstanding;

    FitfulAppetite(RandomGenerator random) {
        this.random = random;
        this.changesAt = random.nextInt(Phase.TOO_FAR / 2);
    }

    @Override
    public synchronized int atStart() {
        outstanding = BATCH;
        return BATCH;
    }

    @Override
    public synchronized int afterMessage() {
        outstanding--;
        return fasting ? 0 : refill();
    }

    @Override
    public synchronized int atTick(long head, boolean calm) {
        if (calm) {
            fasting = false;
        } else if (head >= changesAt) {
            fasting = !fasting;
            changesAt = head + random.nextInt(Phase.TOO_FAR / 2) + (fasting ? Phase.TOO_FAR : 0);
        }
        return fasting ? crumbs() : refill();
    }

    private int refill() {
        if (outstanding > BATCH / 2) {
            return 0;
        }
        int more = BATCH - outstanding;
        outstanding = BATCH;
        return more;
    }

    private int crumbs() {
        if (outstanding > 0) {
            return 0;
        }
        outstanding = random.nextInt(CRUMBS);
        return outstanding;
    }
}

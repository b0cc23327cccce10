package conformance.soak;

import java.util.random.RandomGenerator;

/**
 * Requests almost nothing for a while, and then everything again. The length of these phases is counted in events
 * instead of time, so that a slow phase exceeds a small log on any machine.
 */
final class IntermittentDemand implements Demand {

    private static final int BATCH = 64;
    private static final int SLOW_BATCH = 3;

    private final RandomGenerator random;
    private boolean slow;
    private long changesAt;
    private int outstanding;

    IntermittentDemand(RandomGenerator random) {
        this.random = random;
        this.changesAt = random.nextInt(Phase.EXCESSIVE_LAG / 2);
    }

    @Override
    public synchronized int atStart() {
        outstanding = BATCH;
        return BATCH;
    }

    @Override
    public synchronized int afterMessage() {
        outstanding--;
        return slow ? 0 : refill();
    }

    @Override
    public synchronized int atTick(long head, boolean calm) {
        if (calm) {
            slow = false;
        } else if (head >= changesAt) {
            slow = !slow;
            changesAt = head + random.nextInt(Phase.EXCESSIVE_LAG / 2) + (slow ? Phase.EXCESSIVE_LAG : 0);
        }
        return slow ? slowBatch() : refill();
    }

    private int refill() {
        if (outstanding > BATCH / 2) {
            return 0;
        }
        int more = BATCH - outstanding;
        outstanding = BATCH;
        return more;
    }

    private int slowBatch() {
        if (outstanding > 0) {
            return 0;
        }
        outstanding = random.nextInt(SLOW_BATCH);
        return outstanding;
    }
}

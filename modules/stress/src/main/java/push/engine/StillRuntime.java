package push.engine;

import java.time.Instant;

/** A runtime with stopped clocks, on which only the actors of a test run. It is cheap to create. */
class StillRuntime implements EngineRuntime {

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH;
    }

    @Override
    public Thread start(String name, Runnable task) {
        return Thread.ofVirtual().name(name).unstarted(task);
    }

    @Override
    public void park(Object blocker) {
        park(blocker, Long.MAX_VALUE);
    }

    @Override
    public void park(Object blocker, long nanos) {
        throw new AssertionError("no actor of this test may wait");
    }

    @Override
    public void unpark(Thread thread) {
        // No thread waits.
    }

    @Override
    public double random() {
        return 0.5;
    }
}

package push.engine;

import java.time.Duration;
import java.time.Instant;

/** A machine whose clocks stand still until they are told to go on, and on which nobody runs but the test. */
final class FakeRuntime implements EngineRuntime {

    private volatile long nanos;
    private volatile double random = 0.5;

    void advance(Duration by) {
        synchronized (this) {
            nanos += by.toNanos();
        }
    }

    /** What chance will say from now on. */
    void chance(double next) {
        random = next;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public Thread start(String name, Runnable task) {
        return Thread.ofPlatform().name(name).unstarted(task);
    }

    @Override
    public void park(Object blocker) {
        throw new AssertionError("nobody is there to end the wait");
    }

    @Override
    public void park(Object blocker, long nanos) {
        throw new AssertionError("nobody is there to end the wait");
    }

    @Override
    public void unpark(Thread thread) {
        // Nobody waits.
    }

    @Override
    public double random() {
        return random;
    }
}

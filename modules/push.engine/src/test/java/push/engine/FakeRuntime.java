package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A machine whose clocks advance only when a test advances them, and on which no thread runs except the test's. A test
 * must define in advance what happens while its thread would wait.
 */
final class FakeRuntime implements EngineRuntime {

    static final Duration NO_END = Duration.ofNanos(Long.MAX_VALUE);

    private volatile long nanos;
    private volatile double random = 0.5;
    private volatile int processors = 1;
    private volatile Runnable atNextReading = () -> {};
    private volatile Runnable atNextWaking = () -> {};
    private final Deque<Runnable> meanwhile = new ArrayDeque<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> woken = new ArrayList<>();

    void advance(Duration by) {
        synchronized (this) {
            nanos += by.toNanos();
        }
    }

    /** Sets the random number for all later calls. */
    void chance(double next) {
        random = next;
    }

    /** Sets the number of processors for all later calls. */
    void processors(int number) {
        processors = number;
    }

    /** Sets an action to run just before the next reading of the clock. */
    void atNextReading(Runnable happens) {
        atNextReading = happens;
    }

    /** Sets an action to run just before the next thread is woken. */
    void atNextWaking(Runnable happens) {
        atNextWaking = happens;
    }

    /** Adds an action to run during the next wait that has no action yet. */
    void meanwhile(Runnable happens) {
        meanwhile.add(happens);
    }

    /** The durations of all waits; {@link #NO_END} for a wait without a timeout. */
    List<Duration> waits() {
        return List.copyOf(waits);
    }

    /** The names of the threads that were woken since the last call. */
    List<String> woken() {
        List<String> taken = List.copyOf(woken);
        woken.clear();
        return taken;
    }

    /** The tasks of the started threads. */
    List<Runnable> tasks() {
        return List.copyOf(tasks);
    }

    @Override
    public long nanoTime() {
        Runnable first = atNextReading;
        atNextReading = () -> {};
        first.run();
        return nanos;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public Thread start(String name, Runnable task) {
        tasks.add(task);
        return Thread.ofPlatform().name(name).unstarted(task);
    }

    @Override
    public void park(Object blocker) {
        park(blocker, Long.MAX_VALUE);
    }

    @Override
    public void park(Object blocker, long nanos) {
        Runnable happens = meanwhile.poll();
        if (happens == null) {
            throw new AssertionError("nothing would end this wait");
        }
        waits.add(Duration.ofNanos(nanos));
        happens.run();
    }

    @Override
    public void unpark(Thread thread) {
        Runnable first = atNextWaking;
        atNextWaking = () -> {};
        first.run();
        woken.add(thread.getName());
    }

    @Override
    public int processors() {
        return processors;
    }

    @Override
    public double random() {
        return random;
    }
}

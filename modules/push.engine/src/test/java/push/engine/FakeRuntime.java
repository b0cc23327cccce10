package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A machine whose clocks stand still until they are told to go on, and on which nobody runs but the test:
 * what happens while its thread would wait has to be said beforehand.
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

    /** What chance will say from now on. */
    void chance(double next) {
        random = next;
    }

    /** How many threads could run at once from now on, if any did. */
    void processors(int number) {
        processors = number;
    }

    /** What happens just before the clock is read the next time. */
    void atNextReading(Runnable happens) {
        atNextReading = happens;
    }

    /** What happens just before the next thread is woken. */
    void atNextWaking(Runnable happens) {
        atNextWaking = happens;
    }

    /** What happens during the next wait that has not been spoken for. */
    void meanwhile(Runnable happens) {
        meanwhile.add(happens);
    }

    /** For how long it would have waited each time; {@link #NO_END} where nothing was said. */
    List<Duration> waits() {
        return List.copyOf(waits);
    }

    /** The names of the threads that were woken since the last call. */
    List<String> woken() {
        List<String> taken = List.copyOf(woken);
        woken.clear();
        return taken;
    }

    /** What the threads that were started would run. */
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
            throw new AssertionError("nobody is there to end the wait");
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

package push.transport.gate;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time by which peers are measured: that in which this process has run. It advances as {@link System#nanoTime} does,
 * but by at most a second between two ticks.
 *
 * <p>A process that was stopped, or whose machine was, has not read what its peers have sent meanwhile. When it goes on,
 * every limit would have passed at once, and the peers that kept to them would be cut off with the others.
 *
 * <p>{@link #tick} is for one thread, several times a second; {@link #nanos} is for any.
 */
final class RunningTime {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private volatile Tick last;

    /**
     * @param nanos this time then
     * @param nanoTime what the clock below said
     */
    private record Tick(long nanos, long nanoTime) {}

    /** @param nanoTime as {@link System#nanoTime} */
    RunningTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.last = new Tick(now, now);
    }

    /** The time now, in nanoseconds; only differences mean something. */
    long nanos() {
        return nanosAt(nanoTime.getAsLong());
    }

    private long nanosAt(long now) {
        Tick tick = last;
        return tick.nanos + Math.min(now - tick.nanoTime, MOST_NANOS);
    }

    /** Notes that the process is running. */
    void tick() {
        long now = nanoTime.getAsLong();
        last = new Tick(nanosAt(now), now);
    }
}

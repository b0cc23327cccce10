package push.transport.gate;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A clock that counts only the time in which this process runs; limits on peers are measured with it. It advances with
 * {@link System#nanoTime}, but by at most one second between two ticks.
 *
 * <p>A stopped process does not read what its peers send. Without this clock, every limit would have passed when the
 * process continues, and peers that kept their limits would be cut off.
 *
 * <p>One thread calls {@link #tick} several times a second. Any thread may call {@link #nanos}.
 */
final class RunningTime {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private volatile Tick last;

    /**
     * @param nanos the running time at the tick
     * @param nanoTime the reading of the underlying clock at the tick
     */
    private record Tick(long nanos, long nanoTime) {

        long at(long now) {
            return nanos + Math.min(now - nanoTime, MOST_NANOS);
        }
    }

    /** @param nanoTime the underlying clock, as {@link System#nanoTime} */
    RunningTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.last = new Tick(now, now);
    }

    /** The time now, in nanoseconds; only differences are meaningful. */
    long nanos() {
        Tick tick = last; // before the clock: a tick that overtakes this thread must not make the difference negative
        return tick.at(nanoTime.getAsLong());
    }

    /** Notes that the process is running. */
    void tick() {
        Tick before = last;
        long now = nanoTime.getAsLong();
        last = new Tick(before.at(now), now);
    }
}

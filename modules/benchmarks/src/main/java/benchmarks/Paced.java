package benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One publisher that keeps to a timetable, whether or not the hub keeps up: an append is due every millisecond, and
 * every 20 milliseconds when 10,000 readers take it.
 *
 * <p>JMH has no mode for this: it times whatever a benchmark does, the waiting too, and a set-up before each
 * invocation would be timed in part. So one shot is a whole run, which times its appends itself; its figures are
 * JMH's auxiliary counters, so that forks, parameters and results are still JMH's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class Paced {

    private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** So that the 99th percentile is not the longest of all. */
    private static final int MIN_APPENDS = 500;

    private static final int MAX_APPENDS_PER_SECOND = 1_000;

    /** What two processors can do without being busy all the time. */
    private static final int MAX_DELIVERIES_PER_SECOND = 500_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Who listens. */
    @Param
    public Audience audience = Audience.NONE;

    private BenchHub hub;

    /** Has the compilers see all of the work on a hub of its own, and opens the hub to be measured. */
    @Setup
    public void open() {
        try (BenchHub warmUp = new BenchHub(Audience.PARKED_1)) {
            long end = System.nanoTime() + WARM_UP_NANOS;
            while (System.nanoTime() < end) {
                warmUp.publish();
            }
        }
        hub = new BenchHub(audience);
        System.gc(); // of what the set-up left behind
    }

    /** Closes it. */
    @TearDown
    public void close() {
        hub.close();
    }

    /** A run. */
    @Benchmark
    public void append(Figures figures) {
        Histogram calls = histogram();
        Histogram delays = histogram();
        long interval = TimeUnit.SECONDS.toNanos(1) / appendsPerSecond();
        long appends = Math.max(MIN_APPENDS, RUN_NANOS / interval);
        long delivered = hub.delivered();
        long everyonesBytes = THREADS.getTotalThreadAllocatedBytes();
        long publishersBytes = THREADS.getCurrentThreadAllocatedBytes();
        long due = System.nanoTime();
        for (long i = 0; i < appends; i++) {
            due += interval;
            waitUntil(due);
            long start = System.nanoTime();
            hub.publish();
            calls.recordValue(System.nanoTime() - start);
            delays.recordValue(start - due);
        }
        publishersBytes = THREADS.getCurrentThreadAllocatedBytes() - publishersBytes;
        everyonesBytes = THREADS.getTotalThreadAllocatedBytes() - everyonesBytes;
        delivered = hub.delivered() - delivered;

        figures.p50Nanos = calls.getValueAtPercentile(50);
        figures.p99Nanos = calls.getValueAtPercentile(99);
        figures.p999Nanos = calls.getValueAtPercentile(99.9);
        figures.delayP99Micros = delays.getValueAtPercentile(99) / 1e3;
        figures.appendsPerSecond = appendsPerSecond();
        figures.bytesPerAppend = (double) publishersBytes / appends;
        figures.bytesPerDelivery = delivered == 0 ? 0 : (double) (everyonesBytes - publishersBytes) / delivered;
        figures.deliveriesPerAppend = (double) delivered / appends;
    }

    private long appendsPerSecond() {
        return audience.taking()
                ? Math.min(MAX_APPENDS_PER_SECOND, MAX_DELIVERIES_PER_SECOND / audience.subscriptions())
                : MAX_APPENDS_PER_SECOND;
    }

    /** Of a fixed size, so that recording allocates nothing. */
    private static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    }

    /**
     * Sleeps, and spins at the end: a sleep alone ends too late, and with its processor's caches cold; to spin all the
     * time would take one of two processors away from the readers.
     */
    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > 2 * SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** What a run found out. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Figures {

        /** How long half of the appends took at most. */
        public double p50Nanos;

        /** How long all but one in a hundred took at most. */
        public double p99Nanos;

        /** How long all but one in a thousand took at most. */
        public double p999Nanos;

        /**
         * How long after its time an append began, for all but one in a hundred: the machine's doing, not the hub's.
         */
        public double delayP99Micros;

        /** How many appends were due in a second. */
        public double appendsPerSecond;

        /** What the publisher's thread allocated, its event included. */
        public double bytesPerAppend;

        /** What all other threads allocated. */
        public double bytesPerDelivery;

        /** How many readers got an event; fewer than there are when they were behind at the end. */
        public double deliveriesPerAppend;
    }
}

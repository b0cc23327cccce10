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
 * One publisher with a fixed schedule, whether or not the hub keeps up: an append is due every millisecond, and with
 * 10,000 readers every 20 milliseconds.
 *
 * <p>JMH has no mode for this. It times everything that a benchmark does, including waits, and it would time a part of
 * a set-up before each invocation. Therefore one shot is a whole run, which times its appends itself. Its figures are
 * JMH's auxiliary counters, so forks, parameters and results are still JMH's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class Paced {

    private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Enough appends for the 99th percentile not to be the maximum. */
    private static final int MIN_APPENDS = 500;

    private static final int MAX_APPENDS_PER_SECOND = 1_000;

    /** A rate that two processors can handle without being busy all the time. */
    private static final int MAX_DELIVERIES_PER_SECOND = 500_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The audience. */
    @Param
    public Audience audience = Audience.NONE;

    private BenchHub hub;

    /** Warms up the compilers with a separate hub, and opens the hub to be measured. */
    @Setup
    public void open() {
        try (BenchHub warmUp = new BenchHub(Audience.PARKED_1)) {
            long end = System.nanoTime() + WARM_UP_NANOS;
            while (System.nanoTime() < end) {
                warmUp.publish();
            }
        }
        hub = new BenchHub(audience);
        System.gc(); // collects the garbage of the set-up
    }

    /** Closes the hub. */
    @TearDown
    public void close() {
        hub.close();
    }

    /** Measures one run. */
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

    /** Creates a histogram of a fixed size, so that recording allocates nothing. */
    private static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    }

    /**
     * Sleeps, and spins at the end. A sleep alone would end too late, and with cold processor caches; spinning all the
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

    /** The figures of a run. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Figures {

        /** The median duration of an append, in nanoseconds. */
        public double p50Nanos;

        /** The 99th percentile of the duration of an append, in nanoseconds. */
        public double p99Nanos;

        /** The 99.9th percentile of the duration of an append, in nanoseconds. */
        public double p999Nanos;

        /**
         * The 99th percentile of the delay with which an append began, in microseconds: caused by the machine, not by
         * the hub.
         */
        public double delayP99Micros;

        /** The scheduled number of appends per second. */
        public double appendsPerSecond;

        /** The bytes that the publisher's thread allocated for each append, including the event. */
        public double bytesPerAppend;

        /** The bytes that all other threads allocated for each delivery. */
        public double bytesPerDelivery;

        /** The mean number of readers that took an event; less than the audience if readers were behind at the end. */
        public double deliveriesPerAppend;
    }
}

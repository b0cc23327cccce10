package benchmarks.fanout;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** The times from when an event was due to its arrival, of all subscribers together. Thread-safe. */
final class Latencies {

    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(MAX_NANOS, DIGITS);
    private volatile boolean wanted;

    /**
     * Sets whether latencies are recorded. At full speed they mean nothing, and recording them would affect the
     * measurement.
     */
    void want(boolean yes) {
        wanted = yes;
        recorder.reset();
    }

    boolean wanted() {
        return wanted;
    }

    /** Records a latency. A negative one, which the clock's resolution may cause, counts as 0. */
    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
    }

    /** Returns all latencies recorded since the last call. */
    Histogram take() {
        return recorder.getIntervalHistogram();
    }
}

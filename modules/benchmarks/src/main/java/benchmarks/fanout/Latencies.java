package benchmarks.fanout;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** From when an event was due to its arrival, of all subscribers together. Safe for any thread. */
final class Latencies {

    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(MAX_NANOS, DIGITS);
    private volatile boolean wanted;

    /** Whether they are to be recorded: at full speed they mean nothing, and cost what is to be measured. */
    void want(boolean yes) {
        wanted = yes;
        recorder.reset();
    }

    boolean wanted() {
        return wanted;
    }

    /** The clocks' grain may make it negative, which is none. */
    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
    }

    /** All that were recorded since the last call. */
    Histogram take() {
        return recorder.getIntervalHistogram();
    }
}

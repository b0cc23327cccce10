package benchmarks.fanout;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** From when an event was due to its arrival, of all subscribers together. Safe for any thread. */
final class Latencies {

    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;

    private final List<SingleWriterRecorder> recorders = new CopyOnWriteArrayList<>();
    private final ThreadLocal<SingleWriterRecorder> own = ThreadLocal.withInitial(this::recorder);

    private volatile boolean wanted;

    /** Whether they are to be recorded: at full speed they mean nothing, and cost what is to be measured. */
    void want(boolean yes) {
        wanted = yes;
        take();
    }

    boolean wanted() {
        return wanted;
    }

    private SingleWriterRecorder recorder() {
        SingleWriterRecorder recorder = new SingleWriterRecorder(MAX_NANOS, DIGITS);
        recorders.add(recorder);
        return recorder;
    }

    /** The clocks' grain may make it negative, which is none. */
    void record(long nanos) {
        own.get().recordValue(Math.clamp(nanos, 0, MAX_NANOS));
    }

    /** All that were recorded since the last call. */
    Histogram take() {
        Histogram all = new Histogram(MAX_NANOS, DIGITS);
        recorders.forEach(recorder -> all.add(recorder.getIntervalHistogram()));
        return all;
    }
}

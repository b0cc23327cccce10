package benchmarks;

import app.tracing.EventTracing;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import push.api.Outcome;
import push.tracing.Tracing;
import push.tracing.TracingConfig;

/** The publisher's cost of tracing an event into the log. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Traced {

    private static final String CONTEXT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

    /** An address without a collector: spans are created, batched and dropped. */
    private static final TracingConfig NOWHERE =
            new TracingConfig(URI.create("http://127.0.0.1:9"), "bench", "bench", 0, 0);

    /** Whether events are traced and recorded. */
    public enum Events {
        /** A hub without tracing, and a publisher without a trace. */
        UNTRACED,
        /** A hub without tracing, which passes on the publisher's trace context. */
        PASSED_ON,
        /** A hub with tracing, and a publisher whose trace is not recorded. */
        UNRECORDED,
        /** A hub with tracing, and a publisher whose trace is recorded. */
        RECORDED
    }

    /** The kind of events. */
    @Param
    public Events events = Events.UNTRACED;

    private Tracing tracing;
    private BenchHub hub;
    private String traceparent;

    /** Opens the hub. */
    @Setup
    public void open() {
        tracing = Tracing.open(NOWHERE);
        boolean off = events == Events.UNTRACED || events == Events.PASSED_ON;
        hub = off ? new BenchHub(Audience.NONE) : new BenchHub(new EventTracing(tracing));
        traceparent = switch (events) {
            case UNTRACED -> "";
            case UNRECORDED -> CONTEXT + "00";
            case PASSED_ON, RECORDED -> CONTEXT + "01";
        };
    }

    /** Closes the hub and the tracing. */
    @TearDown
    public void close() {
        hub.close();
        tracing.close();
    }

    /** Measures an append. */
    @Benchmark
    public Outcome append() {
        return hub.publish(traceparent);
    }
}

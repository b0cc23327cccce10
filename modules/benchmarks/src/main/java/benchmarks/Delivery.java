package benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Publishes a batch and takes it on the same thread. The result minus the figure of {@link FlatOut} without an audience
 * is the allocation of a delivery to a reader that need not wait.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 1, time = 1)
public class Delivery {

    private BenchHub hub;
    private BenchHub.Reader reader;

    /** Opens the hub. */
    @Setup
    public void open() {
        hub = new BenchHub(Audience.NONE);
        reader = hub.subscribe("reader");
    }

    /** Closes the hub. */
    @TearDown
    public void close() {
        hub.close();
    }

    /** Measures an append and a delivery. */
    @Benchmark
    @OperationsPerInvocation(BenchHub.BATCH)
    public int appendAndTake() throws InterruptedException {
        for (int i = 0; i < BenchHub.BATCH; i++) {
            hub.publish();
        }
        return reader.take();
    }
}

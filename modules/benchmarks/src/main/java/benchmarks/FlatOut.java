package benchmarks;

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

/**
 * One publisher at full speed.
 *
 * <p>At this speed, readers that take every event need more processors than there are. With many readers this benchmark
 * therefore measures how the operating system distributes its processors; {@link Paced} does not have this problem.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 1, time = 1)
public class FlatOut {

    /** The audience. */
    @Param
    public Audience audience = Audience.NONE;

    private BenchHub hub;

    /** Opens the hub. */
    @Setup
    public void open() {
        hub = new BenchHub(audience);
    }

    /** Closes the hub. */
    @TearDown
    public void close() {
        hub.close();
    }

    /** Measures an append. */
    @Benchmark
    public Outcome append() {
        return hub.publish();
    }
}

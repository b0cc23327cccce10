package benchmarks;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * The results of the suite's rounds, by benchmark, audience and figure. The figures of {@link Paced} keep their names.
 */
final class Results {

    static final String MEAN = "meanNanos";
    static final String P50 = "p50Nanos";
    static final String P99 = "p99Nanos";
    static final String P999 = "p999Nanos";

    /** Bytes allocated for each operation, by all threads; the name is JMH's. */
    static final String BYTES = "gc.alloc.rate.norm";

    private final Medians medians = new Medians();

    /** Adds a round, which has one fork of each benchmark. */
    void add(Collection<RunResult> round) {
        round.forEach(this::add);
    }

    private void add(RunResult fork) {
        String row = row(fork.getParams().getBenchmark(), fork.getParams().getParam("audience"));
        Statistics times = fork.getPrimaryResult().getStatistics();
        switch (fork.getParams().getMode()) {
            case AverageTime -> {
                medians.add(row, MEAN, times.getMean());
                fork.getSecondaryResults().forEach((figure, result) -> medians.add(row, figure, result.getScore()));
            }
            case SampleTime -> {
                medians.add(row, P50, times.getPercentile(50));
                medians.add(row, P99, times.getPercentile(99));
                medians.add(row, P999, times.getPercentile(99.9));
            }
            case SingleShotTime ->
                fork.getSecondaryResults().forEach((figure, result) -> medians.add(row, figure, result.getScore()));
            default ->
                throw new IllegalArgumentException(
                        "nothing is read out of mode " + fork.getParams().getMode());
        }
    }

    /** Returns the median of a figure of {@link Paced} or {@link FlatOut}. */
    double of(Class<?> benchmark, Audience audience, String figure) {
        return medians.of(row(benchmark.getName() + ".append", audience.name()), figure);
    }

    /** Returns the median of a figure of {@link Delivery}, less the share of the append. */
    double ofDelivery(String figure) {
        return medians.of(row(Delivery.class.getName() + ".appendAndTake", null), figure)
                - of(FlatOut.class, Audience.NONE, figure);
    }

    private static String row(String benchmark, @Nullable String audience) {
        return benchmark + ' ' + audience;
    }
}

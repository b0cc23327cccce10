package benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks of {@code bin/bench append} in rounds. Each round has one process of each benchmark, so a
 * temporary disturbance of the machine affects one round of every figure rather than all rounds of one figure.
 */
public final class AppendSuite {

    /** The options of the hub's launcher. */
    static final String[] JAVA_OPTIONS = {
        "-XX:+UseG1GC",
        "-XX:GCTimeRatio=99",
        "-XX:+UseCompactObjectHeaders",
        "-Xms16m",
        "-Xmx256m",
        "--sun-misc-unsafe-memory-access=allow"
    };

    private AppendSuite() {}

    /**
     * Runs the benchmarks and prints the report.
     *
     * @param arguments the number of rounds, and the folder for JMH's results and its log of each round
     */
    public static void main(String[] arguments) throws IOException, RunnerException {
        int rounds = Integer.parseInt(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        Results results = new Results();
        for (int round = 1; round <= rounds; round++) {
            System.err.printf("round %d of %d%n", round, rounds);
            results.add(new Runner(options(folder.resolve("round-" + round))).run());
        }
        System.out.print(new AppendReport(results).text());
    }

    private static Options options(Path result) {
        return new OptionsBuilder()
                .include(FlatOut.class.getName())
                .include(Paced.class.getName())
                .include(Delivery.class.getName())
                .forks(1)
                .jvmArgs(JAVA_OPTIONS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(result + ".json")
                .output(result + ".log")
                .build();
    }
}

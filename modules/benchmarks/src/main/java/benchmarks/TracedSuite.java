package benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmark of {@code bin/bench tracing}. */
public final class TracedSuite {

    private TracedSuite() {}

    /**
     * Runs the benchmark and prints JMH's report.
     *
     * @param arguments the number of processes for each figure, and the folder for JMH's results
     */
    public static void main(String[] arguments) throws IOException, RunnerException {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        new Runner(new OptionsBuilder()
                        .include(Traced.class.getName())
                        .forks(Integer.parseInt(arguments[0]))
                        .jvmArgs(AppendSuite.JAVA_OPTIONS)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .resultFormat(ResultFormatType.JSON)
                        .result(folder.resolve("tracing.json").toString())
                        .build())
                .run();
    }
}

package benchmarks.http;

import benchmarks.Medians;
import benchmarks.process.Machine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code bin/bench http}: the same calls to a server on each database, one database after the other. */
public final class HttpSuite {

    private final Duration time;
    private final Path folder;
    private final Medians medians = new Medians();

    private HttpSuite(Duration time, Path folder) {
        this.time = time;
        this.folder = folder;
    }

    /**
     * Runs the suite, prints the figures, and writes them to files.
     *
     * @param arguments how long a figure is measured, in seconds, and the folder for results
     */
    public static void main(String[] arguments) throws Exception {
        HttpSuite suite = new HttpSuite(
                Duration.ofSeconds(Long.parseLong(arguments[0])), Files.createDirectories(Path.of(arguments[1])));
        suite.run();
        suite.report();
    }

    private void run() throws Exception {
        File log = folder.resolve("http.log").toFile();
        Files.deleteIfExists(log.toPath());
        for (Store store : Store.values()) {
            System.err.println(store.label());
            try (Trial trial = new Trial(store, log, (name, value) -> medians.add(store.label(), name, value))) {
                trial.warm(time.dividedBy(2));
                trial.measure(time);
                trial.end();
            }
        }
    }

    private void report() throws IOException {
        String text = new HttpReport(medians).text();
        System.out.print(text);
        Files.writeString(folder.resolve("http.txt"), text);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        RunResults results = new RunResults(
                LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(), time.toSeconds(), medians.all());
        Files.write(folder.resolve("http.json"), json.writeValueAsBytes(results));
        Files.writeString(folder.resolve("http-throughput.svg"), new HttpReport(medians).chart());
    }

    private record RunResults(String date, Machine machine, long secondsAFigure, Object figures) {}
}

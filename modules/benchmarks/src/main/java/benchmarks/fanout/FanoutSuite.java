package benchmarks.fanout;

import benchmarks.Medians;
import benchmarks.process.Machine;
import benchmarks.process.ServerOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs {@code bin/bench fanout} in rounds. Each round has all contenders in turn, so a temporary disturbance of the
 * machine affects all contenders rather than one.
 */
public final class FanoutSuite {

    /**
     * Allocates the whole heap at the start, so that other memory of the process can be measured separately. The C2
     * compiler is off, because it uses some ten megabytes whenever it works.
     */
    private static final List<String> FOR_IDLE =
            List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");

    private static final int IDLE = 1000;

    private final Plan plan;
    private final List<Contender> contenders;
    private final Path folder;
    private final Medians medians = new Medians();

    private FanoutSuite(Plan plan, List<Contender> contenders, Path folder) {
        this.plan = plan;
        this.contenders = contenders;
        this.folder = folder;
    }

    /**
     * Runs the suite, prints the figures, and writes them to files.
     *
     * @param arguments the number of rounds, or 0 for a quick check; the folder for results; and the contenders, if not
     *     all
     */
    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        List<Contender> contenders = contenders(Arrays.asList(arguments).subList(2, arguments.length));
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        FanoutSuite suite = new FanoutSuite(rounds == 0 ? Plan.quick() : Plan.full(rounds), contenders, folder);
        suite.run();
        suite.report();
    }

    private static List<Contender> contenders(List<String> names) {
        List<Contender> here =
                Arrays.stream(Contender.values()).filter(Contender::isAvailable).toList();
        List<String> labels = here.stream().map(Contender::label).toList();
        if (!labels.containsAll(names)) {
            System.err.println("push: contenders that can run here are " + String.join(", ", labels)
                    + ", but the arguments name " + String.join(", ", names));
            System.exit(2);
        }
        return here.stream()
                .filter(contender -> names.isEmpty() || names.contains(contender.label()))
                .toList();
    }

    private void run() throws IOException {
        File log = folder.resolve("fanout.log").toFile();
        Files.deleteIfExists(log.toPath());
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Contender contender : contenders) {
                System.err.printf("round %d of %d: %s%n", round, plan.rounds(), contender.label());
                ObjDoubleConsumer<String> figures = (name, value) -> medians.add(contender.label(), name, value);
                try (Round busy = new Round(contender, plan, log, ServerOptions.HEAP, figures)) {
                    busy.run();
                }
                try (Round idle = new Round(contender, plan, log, FOR_IDLE, figures)) {
                    idle.idle(IDLE);
                }
            }
        }
    }

    private void report() throws IOException {
        String text = new FanoutReport(medians).text();
        System.out.print(text);
        Files.writeString(folder.resolve("fanout.txt"), text);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        RunResults results =
                new RunResults(LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(), plan, medians.all());
        Files.write(folder.resolve("fanout.json"), json.writeValueAsBytes(results));
        if (contenders.contains(Contender.PUSH)) {
            new FanoutCharts(medians).write(folder);
        }
    }

    private record RunResults(String date, Machine machine, Plan plan, Object figures) {}
}

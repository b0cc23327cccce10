package benchmarks.fanout;

import benchmarks.Medians;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Runs {@code bin/bench fanout}: in rounds, each with all contenders in turn, so that what disturbs the machine for a
 * while disturbs all of them and not one.
 */
public final class FanoutSuite {

    private FanoutSuite() {}

    /**
     * Runs, and prints the figures.
     *
     * @param arguments the number of rounds, 0 for a quick look; the folder for results; and the contenders, if not all
     */
    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        Plan plan = rounds == 0 ? Plan.quick() : Plan.full(rounds);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        List<Contender> contenders = Arrays.stream(arguments).skip(2).findAny().isPresent()
                ? Arrays.stream(arguments).skip(2).map(Contender::valueOf).toList()
                : Arrays.stream(Contender.values()).filter(Contender::isHere).toList();
        Medians medians = new Medians();
        File log = folder.resolve("fanout.log").toFile();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Contender contender : contenders) {
                System.err.printf("round %d of %d: %s%n", round, plan.rounds(), contender.label());
                List<String> options = List.of(
                        System.getProperty("fanout.server-options", "-Dnone").split(" "));
                try (Round one = new Round(contender, plan, log, options, (name, value) -> {
                    System.err.printf(Locale.ROOT, "  %s %s %.3f%n", contender.label(), name, value);
                    medians.add(contender.label(), name, value);
                })) {
                    one.run();
                }
            }
        }
    }
}

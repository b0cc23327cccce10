package benchmarks.fanout;

import benchmarks.Medians;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjDoubleConsumer;

/**
 * Runs {@code bin/bench fanout}: in rounds, each with all contenders in turn, so that what disturbs the machine for a
 * while disturbs all of them and not one.
 */
public final class FanoutSuite {

    /** As the hub's launcher has it. */
    private static final List<String> AS_LAUNCHED = List.of("-Xms32m", "-Xmx256m");

    /** All of the heap is there from the start, so that what else the process takes can be told apart. */
    private static final List<String> FIXED_HEAP = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

    private static final int IDLE = 1000;

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
                ObjDoubleConsumer<String> figures = (name, value) -> {
                    System.err.printf(Locale.ROOT, "  %s %s %.3f%n", contender.label(), name, value);
                    medians.add(contender.label(), name, value);
                };
                try (Round busy = new Round(contender, plan, log, AS_LAUNCHED, figures)) {
                    busy.run();
                }
                try (Round idle = new Round(contender, plan, log, FIXED_HEAP, figures)) {
                    idle.idle(IDLE);
                }
            }
        }
    }
}

package benchmarks.fanout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code bin/bench idle}: one hub, and as many subscribers as asked for, which have nothing to do most of the time. */
public final class IdleBench {

    /** Room for 10,000 and the log. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    private IdleBench() {}

    /**
     * Runs, and prints the figures.
     *
     * @param arguments how many subscribers, and the folder for the log
     */
    public static void main(String[] arguments) throws IOException {
        int subscribers = Integer.parseInt(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        try (Round round = new Round(
                Contender.PUSH,
                Plan.quick(),
                folder.resolve("idle.log").toFile(),
                HEAP,
                (figure, value) -> System.out.printf(Locale.ROOT, "%-24s %,14.1f%n", figure, value))) {
            System.out.printf(Locale.ROOT, "%-24s %,14d%n", "subscribers", subscribers);
            round.idle(subscribers);
        }
    }
}

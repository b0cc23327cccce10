package benchmarks.fanout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs {@code bin/bench idle}: one hub with the given number of subscribers, which are idle most of the time. */
public final class IdleBench {

    /** A heap for 10,000 subscribers and the log. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    private IdleBench() {}

    /**
     * Runs the benchmark and prints the figures.
     *
     * @param arguments the number of subscribers, and the folder for the log
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

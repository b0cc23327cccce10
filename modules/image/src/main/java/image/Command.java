package image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A program to run for a limited time.
 *
 * @param words the program and its arguments
 * @param folder the working folder, which also receives the output in {@code output.txt}
 * @param environment the variables to set in addition to those of this process
 * @param limit how long the program may run
 */
record Command(List<String> words, Path folder, Map<String, String> environment, Duration limit) {

    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /**
     * How a run ended.
     *
     * @param exit the exit code; empty if the program exceeded the limit and was killed
     * @param output the output of the program, including stderr
     */
    record Outcome(OptionalInt exit, String output) {}

    /** Runs the program to its end or until the limit, and then kills it with all processes that it started. */
    Outcome run() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended;
        try {
            ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        int exit = process.waitFor();
        return new Outcome(
                ended ? OptionalInt.of(exit) : OptionalInt.empty(),
                new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    }
}

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
 * A program to run, for a limited time.
 *
 * @param words the program and its arguments
 * @param folder where to run it, and where its output is kept in {@code output.txt}
 * @param environment variables to set beside those of this process
 * @param limit how long it may take
 */
record Command(List<String> words, Path folder, Map<String, String> environment, Duration limit) {

    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /**
     * How a run ended.
     *
     * @param exit the exit code, or nothing if the time was up and the program was ended
     * @param output what it printed, errors included
     */
    record Outcome(OptionalInt exit, String output) {}

    /** Runs the program to its end, or to the limit; then ends it and whatever it started. */
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

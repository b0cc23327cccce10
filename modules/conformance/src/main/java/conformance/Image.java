package conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A runtime image on disk.
 *
 * @param home the folder of the image
 */
public record Image(Path home) {

    private static final long TIMEOUT_SECONDS = 60;

    /** The working folder of commands. By default the hub's database is there, so it must not be the source folder. */
    private static final Path WORK = workFolder();

    private static Path workFolder() {
        try {
            return Files.createTempDirectory("push-work");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image that the build has made. */
    public static Image built() {
        return new Image(Path.of(System.getProperty("conformance.image")).normalize());
    }

    /** The launcher of the image. */
    public Path launcher() {
        return home.resolve("bin/push");
    }

    /** The exit code and the output of a command. */
    public record Result(int exit, String out, String err) {}

    /** Runs a command of the launcher to its end. */
    public Result push(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs the image's own Java to its end. */
    public Result java(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static Result run(List<String> command) throws IOException, InterruptedException {
        Path err = Files.createTempFile("push", ".err");
        Path out = Files.createTempFile("push", ".out");
        Process process = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s: " + command);
        }
        Result result = new Result(process.exitValue(), text(out), text(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}

package image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the image once, so that later starts read loaded and linked classes from an ahead-of-time cache.
 *
 * <p>The cache is valid only for the image and the options of the training run, so the training uses the image's own
 * start script.
 */
final class AotTraining {

    /** The name of the cache file below {@code lib}. The start script uses the same name. */
    static final String CACHE = "push.aot";

    private static final String BY_HAND = "Run it by hand to see why.";

    private AotTraining() {}

    /**
     * Trains the cache and moves it into the image.
     *
     * @param image the folder of the finished image
     * @param arguments the application's arguments in the training run, which must end by itself with exit code 0
     * @param work the folder that the run writes to; created if it does not exist
     * @param limit how long the run and the writing of the cache may take together
     * @throws ImageException if the run fails, takes too long, or creates no cache; the image is complete without a
     *     cache
     */
    static void train(Path image, List<String> arguments, Path work, Duration limit)
            throws IOException, InterruptedException {
        Files.createDirectories(work);
        List<String> words = new ArrayList<>();
        words.add(Launcher.in(image).toString());
        words.addAll(arguments);
        // Relative to the work folder: the script splits the variable at spaces, which an absolute path may contain.
        Map<String, String> environment = Map.of("PUSH_JAVA_OPTS", "-XX:AOTCacheOutput=" + CACHE);
        Command.Outcome outcome = new Command(words, work, environment, limit).run();
        Path cache = work.resolve(CACHE);
        if (outcome.exit().isEmpty()) {
            throw failure(
                    "did not end within " + limit.toSeconds() + " s",
                    words,
                    outcome,
                    "Where the machine needs more time, build with -Dimage.train.limit=PT20M.");
        }
        if (outcome.exit().getAsInt() != 0) {
            throw failure("ended with " + outcome.exit().getAsInt(), words, outcome, BY_HAND);
        }
        if (!Files.isRegularFile(cache)) {
            throw failure("left no cache", words, outcome, BY_HAND);
        }
        Files.move(cache, image.resolve("lib").resolve(CACHE));
    }

    private static ImageException failure(String what, List<String> words, Command.Outcome outcome, String remedy) {
        String problem = "The training run " + what + ": " + String.join(" ", words);
        return new ImageException(
                (problem + System.lineSeparator() + outcome.output()).strip(),
                remedy + " The image is complete without the cache.");
    }
}

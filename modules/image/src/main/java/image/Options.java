package image;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a build.
 *
 * @param jars the folder with the jars of the application and all its libraries
 * @param output the folder of the finished image; deleted first
 * @param work the folder for intermediate files: the modular jars and the files of the training run; deleted first
 * @param main the main class, as {@code module/class}
 * @param etc the folder with the default configuration to include; ignored if it does not exist
 * @param training the application's arguments in the training run, which fills the AOT cache
 * @param trainingLimit how long the training run and the writing of the cache may take together
 */
record Options(
        Path jars,
        Path output,
        Path work,
        String main,
        Optional<Path> etc,
        List<String> training,
        Duration trainingLimit) {

    static final String USAGE = "Usage: --jars DIR --output DIR --work DIR --main MODULE/CLASS [--etc DIR]"
            + " [--train \"ARGUMENTS\"] [--train-limit DURATION]"
            + "   (trains on \"demo\", for PT5M at most, unless told otherwise)";

    private static final Set<String> NAMES =
            Set.of("--jars", "--output", "--work", "--main", "--etc", "--train", "--train-limit");

    Options {
        if (!main.matches("[^/]+/[^/]+")) {
            throw new ImageException("--main is '" + main + "', not a module and its main class.", USAGE);
        }
        training = List.copyOf(training);
    }

    /**
     * Parses the command line.
     *
     * @throws ImageException if an option is unknown, repeated, missing, or has no value or an invalid one
     */
    static Options parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (!NAMES.contains(name)) {
                throw new ImageException("There is no option '" + name + "'.", USAGE);
            }
            if (i + 1 == arguments.length) {
                throw new ImageException(name + " needs a value.", USAGE);
            }
            if (given.put(name, arguments[i + 1]) != null) {
                throw new ImageException(name + " is given twice.", USAGE);
            }
        }
        return new Options(
                folder(given, "--jars"),
                folder(given, "--output"),
                folder(given, "--work"),
                required(given, "--main"),
                Optional.ofNullable(given.get("--etc")).map(Path::of),
                List.of(given.getOrDefault("--train", "demo").strip().split("\\s+")),
                duration("--train-limit", given.getOrDefault("--train-limit", "PT5M")));
    }

    /** The module that contains the main class. */
    String mainModule() {
        return main.substring(0, main.indexOf('/'));
    }

    private static Duration duration(String name, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new ImageException(name + " is '" + text + "', not a duration such as PT5M.", USAGE);
        }
    }

    private static Path folder(Map<String, String> given, String name) {
        return Path.of(required(given, name)).toAbsolutePath().normalize();
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new ImageException(name + " is missing.", USAGE);
        }
        return value;
    }
}

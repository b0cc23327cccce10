package image;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Builds the runtime image.
 *
 * <p>Exit codes: 0 if the image was built; 1 if it was not, with the reason on standard error. A training run that
 * fails or is too slow causes only a warning, because the image is complete without its AOT cache. Warnings and errors
 * have the same markers as Maven's, because they appear in Maven's output.
 */
public final class Main {

    private static final String WARNING = "[WARNING] push: ";
    private static final String ERROR = "[ERROR] push: ";

    private Main() {}

    /** Builds the image that the options describe. A wrong option prints the usage. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) throws InterruptedException {
        try {
            build(Options.parse(arguments), out, err);
            return 0;
        } catch (ImageException e) {
            err.println(ERROR + e.getMessage());
        } catch (FileSystemException e) {
            String reason = Objects.requireNonNullElse(
                    e.getReason(), e.getClass().getSimpleName().replace("Exception", ""));
            err.println(ERROR + "Cannot use " + e.getFile() + ": " + reason);
            err.println("Check that it exists, that it may be read and written, and that the disk has room.");
        } catch (IOException e) {
            err.println(ERROR + "Cannot read or write: " + e.getMessage());
            err.println("If a jar is damaged, delete it from the local repository so that it is fetched again.");
        }
        return 1;
    }

    private static void build(Options options, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        FileTree.delete(options.output());
        FileTree.delete(options.work());

        ModulePath modules =
                Modularizer.modularize(options.jars(), options.work().resolve("modules"));
        out.printf(
                "%d modules, descriptors derived for %d%n",
                modules.modules().size(), modules.derived().size());
        out.println("left out, as nothing needs them at run time: " + String.join(" ", modules.dropped()));
        if (!modules.modules().contains(options.mainModule())) {
            throw new ImageException(
                    "None of the jars is module " + options.mainModule() + ", which is to be started.",
                    "Put the application's jar beside those of its libraries, or correct --main.");
        }

        Path image = options.output();
        Linker.link(modules, image);
        out.println("in the image, but out of reach of " + options.mainModule() + ": "
                + String.join(" ", Unreached.from(modules, options.mainModule())));
        Launcher.write(image, options.main(), modules.nativeModules());
        if (options.etc().isPresent() && Files.isDirectory(options.etc().get())) {
            FileTree.copy(options.etc().get(), image.resolve("etc"));
        }
        out.printf("%s: %d MB%n", image, megabytes(FileTree.size(image)));

        train(image, options, out, err);
    }

    private static void train(Path image, Options options, PrintStream out, PrintStream err)
            throws InterruptedException {
        Path cache = image.resolve("lib").resolve(AotTraining.CACHE);
        try {
            AotTraining.train(image, options.training(), options.work().resolve("training"), options.trainingLimit());
            out.printf(
                    "AOT cache, trained on %s: %d MB%n",
                    String.join(" ", options.training()), megabytes(Files.size(cache)));
        } catch (ImageException | IOException e) {
            err.println(WARNING + "the image has no AOT cache, and starts slower. " + e.getMessage());
        }
    }

    private static long megabytes(long bytes) {
        return Math.round(bytes / 1e6);
    }
}

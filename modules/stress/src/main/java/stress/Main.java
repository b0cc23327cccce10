package stress;

import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/**
 * Runs the tests with jcstress, and fails if no test was run, which jcstress itself accepts. On a machine with one
 * processor it prints that it skips the tests: two threads then never run at the same time, so there is nothing to
 * observe.
 */
public final class Main {

    private Main() {}

    /** Runs the tests; {@code arguments} are the options of jcstress. */
    public static void main(String[] arguments) throws Exception {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            System.err.println("stress: NOT RUN. Races between threads need two processors, and there is one.");
            return;
        }
        Options options = new Options(arguments);
        if (!options.parse()) {
            throw new IllegalArgumentException("these are no options of jcstress");
        }
        new JCStress(options).run(); // throws if a forbidden outcome was seen
        if (Files.notExists(Path.of(options.getResultFile()))) { // the name has the time: not an earlier run's
            throw new IllegalStateException("no test was run");
        }
    }
}

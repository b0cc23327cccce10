package stress;

import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/**
 * Runs the tests as jcstress does, but fails when none was run, for which jcstress itself is content. On one processor it
 * says that it leaves them out: two threads then never run at the same time, and there is nothing to be seen.
 */
public final class Main {

    private Main() {}

    /** Takes the options of jcstress. */
    public static void main(String[] arguments) throws Exception {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            System.err.println("stress: NOT RUN. Races between threads need two processors, and there is one.");
            return;
        }
        Options options = new Options(arguments);
        if (!options.parse()) {
            throw new IllegalArgumentException("these are no options of jcstress");
        }
        new JCStress(options).run(); // throws when a forbidden outcome was seen
        if (Files.notExists(Path.of(options.getResultFile()))) { // named after the time: never that of an earlier run
            throw new IllegalStateException("no test was run");
        }
    }
}

package app;

import app.cli.PushCommand;
import app.logging.Log;
import java.time.Duration;

/** The entry point of the command line. */
public final class Main {

    /** How long the process waits for a reader of stderr that has stopped reading. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private Main() {}

    /** Runs a command, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = PushCommand.run(arguments);
        Log.flush(FLUSH); // the log may contain the reason why a hub did not start
        System.exit(code);
    }
}

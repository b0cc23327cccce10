package app;

import app.cli.PushCommand;
import app.logging.Log;
import java.time.Duration;

/** The entry of the command line. */
public final class Main {

    /** How long a reader of stderr that has stopped is waited for. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private Main() {}

    /** Runs a command, and ends with its exit code. */
    public static void main(String[] arguments) {
        int code = PushCommand.run(arguments);
        Log.flush(FLUSH); // why a hub did not start is said through the log
        System.exit(code);
    }
}

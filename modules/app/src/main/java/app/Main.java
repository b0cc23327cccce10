package app;

import app.cli.PushCommand;

/** The entry of the command line. */
public final class Main {

    private Main() {}

    /** Runs a command, and ends with its exit code. */
    public static void main(String[] arguments) {
        System.exit(PushCommand.run(arguments));
    }
}

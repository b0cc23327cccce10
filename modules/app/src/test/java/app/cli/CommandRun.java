package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs command lines in this process, and keeps their output. */
final class CommandRun {

    private static final String PREFIX = "push: ";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs a command, and returns its exit code. */
    int run(String... arguments) {
        CommandLine line = PushCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    /** Everything that was printed to stdout. */
    String out() {
        return out.toString();
    }

    /** Everything that was printed to stderr. */
    String err() {
        return err.toString();
    }

    /** The message of a failure, which must be one line on stderr, with nothing on stdout. */
    String failure() {
        assertThat(out(), is(""));
        assertThat(err().lines().count(), is(1L));
        assertThat(err(), startsWith(PREFIX));
        return err().strip().substring(PREFIX.length());
    }
}

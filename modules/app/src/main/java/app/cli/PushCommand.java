package app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code push}: finds the command, and turns how it went into an exit code and at most one line. */
public final class PushCommand {

    /** Done. */
    static final int OK = 0;

    /** Failed. */
    static final int FAILED = 1;

    private PushCommand() {}

    /**
     * Runs a command.
     *
     * @return 0 done, 1 failed, 2 wrong usage
     */
    public static int run(String... arguments) {
        return commandLine().setOut(stdout()).execute(arguments);
    }

    /** Straight to the file: between it and System.out a closed pipe would go unnoticed. */
    private static PrintWriter stdout() {
        return new PrintWriter(
                new FileOutputStream(FileDescriptor.out), true, Charset.forName(System.getProperty("stdout.encoding")));
    }

    static CommandLine commandLine() {
        CommandSpec push =
                CommandSpec.create().name("push").mixinStandardHelpOptions(true).version("push 1.0.0");
        push.usageMessage().description("Gets events from backend domains to edge gateways, now.");
        List.of(
                        new ServeCommand(),
                        new DemoCommand(),
                        new TailCommand(),
                        new NotifyCommand(),
                        new RevokeCommand(),
                        new StatusCommand())
                .forEach(command -> push.addSubcommand(command.name(), command.spec()));
        return new CommandLine(push)
                .setExecutionStrategy(parsed -> execute(parsed))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("push: " + CliException.explain(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .setUsageHelpAutoWidth(true);
    }

    private static int execute(CommandLine.ParseResult parsed) {
        if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            CommandLine line = parsed.commandSpec().commandLine();
            PrintWriter err = line.getErr();
            err.println("push: a command is missing");
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }
}

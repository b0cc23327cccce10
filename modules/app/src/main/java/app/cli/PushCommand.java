package app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code push}: runs a command, and reports a failure with an exit code and one line. */
public final class PushCommand {

    /** The exit code of success. */
    static final int OK = 0;

    /** The exit code of failure. */
    static final int FAILED = 1;

    private PushCommand() {}

    /**
     * Runs a command.
     *
     * @return the exit code: 0 for success, 1 for a failure, 2 for wrong usage
     */
    public static int run(String... arguments) {
        return commandLine()
                .setOut(writer(FileDescriptor.out))
                .setErr(writer(FileDescriptor.err))
                .execute(arguments);
    }

    /**
     * Opens a writer to the file descriptor itself. System.out would hide a closed pipe, and the System.err of a hub is
     * its log, which is written asynchronously. The encoding is always UTF-8, because payloads and reasons may contain
     * characters that the encoding of the locale lacks.
     */
    private static PrintWriter writer(FileDescriptor file) {
        return new PrintWriter(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** The version that the build recorded in this module. Without modules, on the class path, it is unknown. */
    private static String version() {
        return Optional.ofNullable(PushCommand.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("(version unknown)");
    }

    static CommandLine commandLine() {
        CommandSpec push =
                CommandSpec.create().name("push").mixinStandardHelpOptions(true).version("push " + version());
        push.usageMessage().description("Delivers events from backends to edge gateways in real time.");
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
            err.println("push: a command is required");
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }
}

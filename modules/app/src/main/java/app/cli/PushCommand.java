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
        return commandLine()
                .setOut(writer(FileDescriptor.out))
                .setErr(writer(FileDescriptor.err))
                .execute(arguments);
    }

    /**
     * Straight to the file: between it and System.out a closed pipe would go unnoticed, and a hub's System.err is its log,
     * which is written later. In UTF-8 whatever the locale, as payloads and reasons have letters that its own encoding may lack.
     */
    private static PrintWriter writer(FileDescriptor file) {
        return new PrintWriter(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** The one that the build gave this module; on a class path, where there are no modules, none is known. */
    private static String version() {
        return Optional.ofNullable(PushCommand.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("(version unknown)");
    }

    static CommandLine commandLine() {
        CommandSpec push =
                CommandSpec.create().name("push").mixinStandardHelpOptions(true).version("push " + version());
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

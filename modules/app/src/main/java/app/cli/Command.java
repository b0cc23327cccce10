package app.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command of the command line, with its options. */
abstract class Command implements Callable<Integer> {

    private final String name;
    private final CommandSpec spec;

    Command(String name, String description) {
        this.name = name;
        this.spec = CommandSpec.wrapWithoutInspection(this).name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(description);
    }

    final String name() {
        return name;
    }

    final CommandSpec spec() {
        return spec;
    }

    /** Declares an option with a value. */
    final <T> Option<T> option(String flag, String label, Class<T> type, String description) {
        return new Option<>(
                add(OptionSpec.builder(flag).paramLabel(label).type(type).description(description)));
    }

    /** Declares a required option with a value. */
    final <T> Option<T> required(String flag, String label, Class<T> type, String description) {
        return new Option<>(add(OptionSpec.builder(flag)
                .paramLabel(label)
                .type(type)
                .required(true)
                .description(description)));
    }

    /** Declares an option without a value. */
    final Option<Boolean> flag(String flag, String description) {
        return new Option<>(add(OptionSpec.builder(flag).type(boolean.class).description(description)));
    }

    private OptionSpec add(OptionSpec.Builder builder) {
        OptionSpec option = builder.build();
        spec.addOption(option);
        return option;
    }

    /** The exception for wrong usage, such as an invalid value of an option. */
    final CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** An option of this command. It has a value once the command line is parsed. */
    static final class Option<T> {

        private final OptionSpec spec;

        private Option(OptionSpec spec) {
            this.spec = spec;
        }

        @Nullable
        T value() {
            return spec.getValue();
        }

        Optional<T> optional() {
            return Optional.ofNullable(value());
        }

        T or(T fallback) {
            return optional().orElse(fallback);
        }

        T get() {
            return optional().orElseThrow(() -> new IllegalStateException(spec.longestName() + " has no value"));
        }
    }
}

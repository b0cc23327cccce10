package benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the suite, which executes commands line by line. */
public final class Child implements AutoCloseable {

    private static final String LOGGING = "java.util.logging.config.file";

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final Reply ready;

    /**
     * Starts the process, and waits until it is ready.
     *
     * @param log the file to which its standard error is appended
     */
    public Child(Class<?> main, List<String> javaOptions, List<String> arguments, File log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.add("-D" + LOGGING + "=" + System.getProperty(LOGGING, ""));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = process.outputWriter(StandardCharsets.UTF_8);
        ready = answer();
    }

    /** Returns the process's ready message. */
    public Reply ready() {
        return ready;
    }

    /** Returns the resource usage of the process. */
    public ProcessUse use() {
        return new ProcessUse(process.pid());
    }

    /** Sends a command, and waits for its reply. */
    public Reply tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer();
    }

    private Reply answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(process + " ended: see the log");
            }
            return Reply.of(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A reply: numbers by name. */
    public record Reply(Map<String, Long> numbers) {

        private static Reply of(String line) {
            Map<String, Long> numbers = new HashMap<>();
            for (String word : line.split(" ", -1)) {
                String[] pair = word.split("=", 2);
                numbers.put(pair[0], Long.valueOf(pair[1]));
            }
            return new Reply(numbers);
        }

        /**
         * Returns the number with this name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public long get(String name) {
            Long number = numbers.get(name);
            if (number == null) {
                throw new IllegalArgumentException("no " + name + " in " + numbers);
            }
            return number;
        }
    }
}

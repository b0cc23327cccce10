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

/** One of the suite's processes, which obeys line by line. */
public final class Child implements AutoCloseable {

    private static final String LOGGING = "java.util.logging.config.file";

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final Reply ready;

    /**
     * Starts it, and waits until it is ready.
     *
     * @param log where its standard error goes
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

    /** What it said when it was ready. */
    public Reply ready() {
        return ready;
    }

    /** What it uses. */
    public ProcessUse use() {
        return new ProcessUse(process.pid());
    }

    /** Has it do something, and waits until it has. */
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

    /** Numbers by their names. */
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
         * The number of that name.
         *
         * @throws IllegalArgumentException when there is none
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

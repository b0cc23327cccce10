package benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * Executes commands in a process: each command is a line on standard input, and is answered by one line on standard
 * output, {@code key=value …}. It stops at the end of the input.
 */
public final class LineServer {

    private LineServer() {}

    /** Prints the ready message, and executes commands until the input ends. */
    public static void run(String ready, BiFunction<String, List<Long>, String> commands) {
        System.out.println(ready);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                List<Long> numbers =
                        Arrays.stream(words).skip(1).map(Long::valueOf).toList();
                System.out.println(commands.apply(words[0], numbers));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a condition holds, by polling it. */
    public static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}

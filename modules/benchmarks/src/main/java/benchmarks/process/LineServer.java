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
 * A process that obeys commands: each a line on its standard input, answered by one line on its standard output, {@code
 * key=value …}. It ends with its input.
 */
public final class LineServer {

    private LineServer() {}

    /** Says that the process is ready, and obeys. */
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

    /** Waits by looking again. */
    public static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}

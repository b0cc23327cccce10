package benchmarks.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Virtual threads with a connection each, which ask again as soon as they are answered. */
final class Callers implements AutoCloseable {

    private static final int DIGITS = 3;

    private final List<HttpConnection> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Connects so many. */
    Callers(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            connections.add(new HttpConnection(port));
        }
    }

    /**
     * What came of it.
     *
     * @param refused answered with anything but a 2xx
     * @param nanos from the first request to the last answer
     * @param latency in nanoseconds
     */
    record Outcome(long refused, long nanos, Histogram latency) {

        long answers() {
            return latency.getTotalCount();
        }
    }

    /** Has them ask for that time, or until there is nothing left to ask; each gets its last answer. */
    Outcome ask(Duration time, Supplier<Optional<Call>> work) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Future<Caller>> running = new ArrayList<>();
        for (HttpConnection connection : connections) {
            running.add(threads.submit(() -> new Caller(connection).ask(end, work)));
        }
        long refused = 0;
        Histogram latency = new Histogram(DIGITS);
        for (Future<Caller> future : running) {
            Caller caller = future.get();
            refused += caller.refused;
            latency.add(caller.latency);
        }
        return new Outcome(refused, System.nanoTime() - start, latency);
    }

    private static final class Caller {

        private final HttpConnection connection;
        private final Histogram latency = new Histogram(DIGITS);
        private long refused;

        Caller(HttpConnection connection) {
            this.connection = connection;
        }

        Caller ask(long end, Supplier<Optional<Call>> work) throws IOException {
            while (System.nanoTime() < end) {
                Optional<Call> call = work.get();
                if (call.isEmpty()) {
                    return this;
                }
                make(call.get());
            }
            return this;
        }

        private void make(Call call) throws IOException {
            long start = System.nanoTime();
            HttpConnection.Answer answer = connection.exchange(call.request());
            latency.recordValue(System.nanoTime() - start);
            if (answer.isSuccess()) {
                call.answered().accept(answer.body());
            } else if (refused++ == 0) {
                System.err.println("refused: " + answer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (HttpConnection connection : connections) {
            connection.close();
        }
    }
}

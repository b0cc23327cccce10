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

/** Virtual threads, each with its own connection, which send the next request as soon as the last one is answered. */
final class Callers implements AutoCloseable {

    private static final int DIGITS = 3;

    private final List<HttpConnection> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Opens {@code count} connections. */
    Callers(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            connections.add(new HttpConnection(port));
        }
    }

    /**
     * The result of a measurement.
     *
     * @param refused the number of responses with a status other than 2xx
     * @param nanos the time from the first request to the last response, in nanoseconds
     * @param latency the response times, in nanoseconds
     */
    record Outcome(long refused, long nanos, Histogram latency) {

        long answers() {
            return latency.getTotalCount();
        }
    }

    /** Sends requests for the given time, or until there is no work left; each caller waits for its last response. */
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

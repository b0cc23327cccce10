package benchmarks.fanout;

import benchmarks.process.LineServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** The process of the subscribers. */
final class ClientMain {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Contender contender;
    private final int port;
    private final Latencies latencies = new Latencies();
    private final List<Tally> tallies = new ArrayList<>();
    private Subscribers subscribers;

    private ClientMain(Contender contender, int port) {
        this.contender = contender;
        this.port = port;
        this.subscribers = contender.subscribers(port);
    }

    /**
     * Runs until the input ends.
     *
     * @param arguments the contender's name, and the port on which it listens
     */
    public static void main(String[] arguments) {
        ClientMain client = new ClientMain(Contender.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
        LineServer.run("ready=1", client::execute);
        client.subscribers.close();
        System.exit(0); // event loops and dispatchers may still be running
    }

    private String execute(String command, List<Long> numbers) {
        return switch (command) {
            case "connect" -> connect(numbers.getFirst().intValue());
            case "begin" -> begin(numbers.get(0), numbers.get(1) == 1);
            case "end" -> end(numbers.getFirst());
            case "mark" -> mark();
            case "replay" ->
                replay(numbers.getFirst().intValue(), numbers.get(1).intValue());
            default -> throw new IllegalArgumentException(command);
        };
    }

    /** Replaces all subscribers by {@code count} new ones. */
    private String connect(int count) {
        subscribers.close();
        tallies.clear();
        subscribers = contender.subscribers(port);
        for (int i = 0; i < count; i++) {
            Tally tally = new Tally(latencies);
            tallies.add(tally);
            subscribers.add("gateway-" + i, tally);
        }
        return "subscribers=" + count;
    }

    private String begin(long first, boolean timed) {
        tallies.forEach(tally -> tally.begin(first));
        latencies.want(timed);
        subscribers.reportProgress(!timed); // a fixed schedule does not wait
        return "first=" + first;
    }

    /** Waits until every subscriber has received everything, or nothing more arrives. */
    private String end(long end) {
        long lastProgress = System.nanoTime();
        long seen = 0;
        boolean all = tallies.stream().allMatch(tally -> tally.next() >= end);
        while (!all && System.nanoTime() - lastProgress < TIMEOUT_NANOS) {
            long now = tallies.stream().mapToLong(Tally::next).sum();
            lastProgress = now > seen ? System.nanoTime() : lastProgress;
            seen = now;
            LockSupport.parkNanos(200_000);
            all = tallies.stream().allMatch(tally -> tally.next() >= end);
        }
        // Another process subtracts its own time from this one: on Linux both read the same monotonic clock.
        long done = all ? System.nanoTime() : lastProgress;
        long missing = tallies.stream().mapToLong(tally -> tally.missing(end)).sum();
        long repeated = tallies.stream().mapToLong(Tally::repeated).sum();
        long received = tallies.stream().mapToLong(Tally::received).sum();
        Histogram latency = latencies.take();
        return "done=" + done + " missing=" + missing + " repeated=" + repeated + " received="
                + received + " p50=" + latency.getValueAtPercentile(50) + " p99="
                + latency.getValueAtPercentile(99) + " p999=" + latency.getValueAtPercentile(99.9) + " max="
                + latency.getMaxValue();
    }

    private String mark() {
        subscribers.mark();
        return "marked=1";
    }

    /** Returns the median duration of several replays. */
    private String replay(int events, int times) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            nanos.add(subscribers.replayNanos(events));
        }
        return "nanos=" + nanos.stream().sorted().toList().get(times / 2);
    }
}

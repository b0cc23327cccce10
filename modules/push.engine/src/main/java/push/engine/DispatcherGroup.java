package push.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The dispatchers of a hub, one for each partition of the registry, and the number of readers that wait. They deliver
 * news to the subscriptions whose readers wait, so that a publisher does not have to. Safe for any thread.
 *
 * <p>A publisher pays for at most one wake-up, that of the first dispatcher, which signals the others when it begins a
 * round. While the first dispatcher is in a step, the publisher also pays for the wake-ups of the others. The number of
 * subscriptions does not matter.
 *
 * <p>No wake-up is lost, by the argument of Dekker's algorithm: a reader first {@linkplain #parking announces} that it
 * waits, and then looks for news; a publisher first appends its event, and then looks for waiting readers. All four
 * accesses are volatile, so at least one of the two sees the other. The same holds between a publisher, which sets a
 * dispatcher's signal after it has appended, and the dispatcher, which clears the signal before it looks for news.
 */
final class DispatcherGroup implements AutoCloseable {

    private final AtomicInteger waitingReaders = new AtomicInteger();
    private final Dispatcher first;
    private final List<Dispatcher> others;

    /**
     * @param maintenance run on the first dispatcher's thread once every {@code interval}
     * @param interval how often each dispatcher makes a round without a signal
     */
    DispatcherGroup(Registry registry, EngineRuntime runtime, Runnable maintenance, Duration interval) {
        this.first = new Dispatcher(registry, 0, runtime, maintenance, interval, this::signalOthers);
        this.others = IntStream.range(1, registry.partitions())
                .mapToObj(partition -> new Dispatcher(registry, partition, runtime, () -> {}, interval, () -> {}))
                .toList();
    }

    /** The dispatchers in the order of their partitions, for tests that make the steps themselves. */
    List<Dispatcher> members() {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    /** Starts all threads. */
    void start() {
        first.start();
        others.forEach(Dispatcher::start);
    }

    /** Called when a reader is about to wait. */
    void parking() {
        waitingReaders.incrementAndGet();
    }

    /** Called when a reader stops waiting. */
    void unparked() {
        waitingReaders.decrementAndGet();
    }

    /** Signals that there is news. Costs one volatile read while no reader waits. */
    void signal() {
        if (waitingReaders.get() == 0) {
            return;
        }
        first.signal();
        if (first.isStepping()) { // otherwise the others would not hear of the news until the first one's next step
            signalOthers();
        }
    }

    private void signalOthers() {
        if (waitingReaders.get() != 0) {
            others.forEach(Dispatcher::signal);
        }
    }

    /** Ends all threads, each after its current step. */
    @Override
    public void close() {
        first.close();
        others.forEach(Dispatcher::close);
    }
}

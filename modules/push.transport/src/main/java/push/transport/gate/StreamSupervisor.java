package push.transport.gate;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import threads.LongLived;
import threads.Steps;

/** Checks all connections four times a second, for streams with a stalled reader and for silent peers. */
public final class StreamSupervisor {

    private static final System.Logger LOG = System.getLogger(StreamSupervisor.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final Duration FAREWELL_POLL = Duration.ofMillis(5);

    private final long keepaliveNanos;
    private final GateRuntime runtime;
    private final RunningTime time;
    private final GateRuntime.Timer timer;
    private final Set<Http2Filter> connections = ConcurrentHashMap.newKeySet();
    private final Set<Supervised> others = ConcurrentHashMap.newKeySet();

    /** Runs all tasks of the timer. */
    private final Steps steps = new Steps(LongLived.SUPERVISOR);

    public StreamSupervisor(Duration keepalive, GateRuntime runtime) {
        this.keepaliveNanos = keepalive.toNanos();
        this.runtime = runtime;
        this.time = new RunningTime(runtime::nanoTime);
        this.timer = runtime.startTimer(LongLived.SUPERVISOR.label());
        every(this::check);
    }

    /** Runs the task four times a second, until {@link #close}. An error in it is logged. */
    public void every(Runnable task) {
        timer.every(INTERVAL, () -> guarded(task));
    }

    /** Logs what a task throws: it would end a repeated task for good, and go unnoticed with a task that runs once. */
    private void guarded(Runnable task) {
        boolean _ = steps.attempt(() -> {
            task.run();
            return true;
        });
    }

    public void add(Http2Filter connection) {
        connections.add(connection);
    }

    public void remove(Http2Filter connection) {
        connections.remove(connection);
    }

    /** Checks a connection four times a second, until {@link #unwatch}. */
    void watch(Supervised other) {
        others.add(other);
    }

    void unwatch(Supervised other) {
        others.remove(other);
    }

    /**
     * The time by which peers are measured, in nanoseconds; only differences are meaningful. While this process does
     * not run, the time advances by at most one second. Thread-safe.
     */
    public long nanoTime() {
        return time.nanos();
    }

    public int connections() {
        return connections.size();
    }

    /** The number of push streams. */
    public int streams() {
        return connections.stream().mapToInt(Http2Filter::pushStreams).sum();
    }

    /** Runs the task after a delay, unless the future is cancelled. The task must not block. */
    public Future<?> after(long nanos, Runnable task) {
        return timer.after(nanos, () -> guarded(task));
    }

    /** The number of delayed tasks that have not run yet. */
    public int timers() {
        return timer.pending();
    }

    private void check() {
        time.tick();
        long now = time.nanos();
        for (Http2Filter connection : connections) {
            try {
                connection.check(now, keepaliveNanos);
            } catch (RuntimeException | Error e) { // the other connections must still be checked
                LOG.log(ERROR, "a connection could not be checked", e);
            }
        }
        for (Supervised other : others) {
            try {
                other.check(now);
            } catch (RuntimeException | Error e) { // as above
                LOG.log(ERROR, "a connection could not be checked", e);
            }
        }
    }

    private void await(BooleanSupplier condition, long deadline) {
        while (!condition.getAsBoolean()
                && runtime.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            runtime.park(this, FAREWELL_POLL.toNanos());
        }
    }

    /** Waits for all streams to end and for their peers to read everything; at least a second is allowed for that. */
    public void close(Duration atMost) {
        long now = runtime.nanoTime();
        await(() -> streams() == 0, now + FAREWELL.toNanos());
        List<Http2Filter> leaving = List.copyOf(connections); // later connections are refused
        leaving.forEach(Http2Filter::goAway);
        long deadline = now + Math.max(FAREWELL.toNanos(), atMost.toNanos());
        await(() -> leaving.stream().allMatch(Http2Filter::mayClose), deadline);
        timer.close();
        steps.close();
    }
}

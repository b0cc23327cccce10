package push.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import threads.LongLived;
import threads.Steps;

/**
 * Delivers news to subscriptions whose readers wait, so that a publisher does not have to. A publisher pays for at most
 * one wake-up, of the first dispatcher, and, while that dispatcher makes its round, for the wake-ups of the others. The
 * number of subscriptions does not matter.
 *
 * <p>A dispatcher works in rounds: it delivers one batch to each subscription that has news, then moves on to the next
 * subscription. If news is left at the end of a round, the next round starts a fixed interval after the start of this
 * one, so that more news can accumulate. News that arrives while nothing is left to do is delivered at once.
 *
 * <p>No wake-up is lost, by the argument of Dekker's algorithm: a reader first announces that it waits and then looks
 * for news; a publisher first makes news and then looks for waiting readers. All four accesses are volatile, so at
 * least one of the two sees the other. The same holds between publisher and dispatcher.
 */
final class Dispatcher implements AutoCloseable {

    /**
     * The interval between the starts of two rounds, in nanoseconds. A longer interval would be a noticeable delay; a
     * shorter one would find only one or two events at a time.
     */
    static final long ROUND_NANOS = 500_000;

    /** The shortest rest worth taking, in nanoseconds: a thread needs as long to sleep and wake. */
    private static final long SHORT_NANOS = 20_000;

    private final Registry registry;
    private final int share;
    private final EngineRuntime runtime;
    private final Runnable maintenance;
    private final long maintenanceNanos;
    private final AtomicInteger waitingReaders;
    private final List<Dispatcher> followers;
    private final AtomicBoolean news = new AtomicBoolean();
    private volatile boolean stepping;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    // Used only by the dispatcher's own thread.
    private long lastMaintenance;
    private long lastRound;
    private boolean behind;

    /**
     * Creates one dispatcher for each share of the registry. This one is the first: it is signalled about news, and
     * signals the others when it begins a round. News that arrives during its step is signalled to the others at once.
     *
     * @param maintenance run on this dispatcher's thread once every {@code interval}
     * @param interval also how often each dispatcher checks what its subscriptions have lost, and makes a round without
     *     a signal, because heartbeats are due by the clock. This is cheaper than a timer for each wait, because most
     *     waits are short
     */
    Dispatcher(Registry registry, EngineRuntime runtime, Runnable maintenance, Duration interval) {
        this(registry, 0, runtime, maintenance, interval, new AtomicInteger());
    }

    private Dispatcher(
            Registry registry,
            int share,
            EngineRuntime runtime,
            Runnable maintenance,
            Duration interval,
            AtomicInteger waitingReaders) {
        this.registry = registry;
        this.share = share;
        this.runtime = runtime;
        this.maintenance = maintenance;
        this.maintenanceNanos = interval.toNanos();
        this.waitingReaders = waitingReaders;
        this.lastMaintenance = runtime.nanoTime();
        this.lastRound = lastMaintenance - ROUND_NANOS;
        // Only the first dispatcher has followers.
        this.followers = IntStream.range(1, share == 0 ? registry.partitions() : 1)
                .mapToObj(other -> new Dispatcher(registry, other, runtime, () -> {}, interval, waitingReaders))
                .toList();
    }

    /** The dispatchers of the other shares, for tests that run their steps themselves. */
    List<Dispatcher> followers() {
        return followers;
    }

    void start() {
        String name = LongLived.DISPATCHER.label();
        // A failing courier must not end the dispatcher: without it no subscription would receive anything.
        thread = runtime.start(
                share == 0 ? name : name + "-" + share, () -> new Steps(LongLived.DISPATCHER).run(this::turn));
        followers.forEach(Dispatcher::start);
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
        if (!news.get() && news.compareAndSet(false, true)) {
            wakeItself();
        }
        if (stepping) { // the step may be long: otherwise they would not hear of the news until the next step
            followers.forEach(Dispatcher::signal);
        }
    }

    private void wakeItself() {
        Thread own = thread;
        if (own != null) { // otherwise the hub is still being opened, and no reader can wait yet
            runtime.unpark(own);
        }
    }

    /** Runs a step, and rests after it; false once the dispatcher is closed. */
    private boolean turn() {
        if (closed) {
            return false;
        }
        long left = step();
        if (news.get()) {
            awaitNextRound();
        } else if (left > 0) {
            runtime.park(this, left);
        }
        return true;
    }

    /**
     * Lets news accumulate until the next round, unless the last round left a subscription with a full batch or more.
     */
    private void awaitNextRound() {
        long until = lastRound + ROUND_NANOS;
        for (long left = until - runtime.nanoTime();
                left > SHORT_NANOS && !behind && !closed;
                left = until - runtime.nanoTime()) {
            runtime.park(this, left);
        }
    }

    /**
     * The loop's single step: runs the maintenance if it is due, and makes one round if the maintenance was due or
     * there is news.
     *
     * @return how long until the maintenance is due again, in nanoseconds
     */
    long step() {
        long now = runtime.nanoTime();
        boolean due = now - lastMaintenance >= maintenanceNanos;
        stepping = true; // before it reads `news`: a publisher that sets it after that sees this
        try {
            if (due) {
                lastMaintenance = now;
                maintenance.run();
                registry.forEachIn(share, Subscription::detectLoss);
            }
            boolean told = news.compareAndSet(true, false);
            if (told) {
                followers.forEach(Dispatcher::signal);
            }
            if (told || due) {
                goRound();
            }
        } finally {
            stepping = false;
        }
        return maintenanceNanos - (runtime.nanoTime() - lastMaintenance);
    }

    private void goRound() {
        lastRound = runtime.nanoTime();
        behind = false;
        boolean done = false;
        try {
            registry.forEachIn(share, this::bringTo);
            done = true;
        } finally {
            if (!done) {
                news.set(true); // for the subscriptions that the round did not reach
            }
        }
    }

    private void bringTo(Subscription subscription) {
        Backlog left = subscription.bring();
        if (left != Backlog.NONE) {
            news.set(true); // in the next round, after the others have had their turn
        }
        behind |= left == Backlog.FULL_BATCH;
    }

    @Override
    public void close() {
        closed = true;
        wakeItself();
        followers.forEach(Dispatcher::close);
    }
}

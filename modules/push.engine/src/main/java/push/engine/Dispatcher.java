package push.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import threads.LongLived;
import threads.Steps;

/**
 * The thread that delivers news to the waiting readers of one partition of the registry. A {@link DispatcherGroup} has
 * one dispatcher for each partition.
 *
 * <p>A dispatcher works in rounds: it delivers one batch to each subscription that has news, then moves on to the next
 * subscription. If news is left at the end of a round, the next round starts a fixed interval after the start of this
 * one, so that more news can accumulate. News that arrives while nothing is left to do is delivered at once.
 *
 * <p>Any thread may call {@link #signal}, {@link #isStepping} and {@link #close}.
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
    private final int partition;
    private final EngineRuntime runtime;
    private final Runnable maintenance;
    private final long maintenanceNanos;
    private final Runnable whenSignalled;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile boolean stepping;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    // Used only by the dispatcher's own thread.
    private long lastMaintenance;
    private long lastRound;
    private boolean behind;

    /**
     * @param partition the partition of the registry that this dispatcher serves
     * @param maintenance run on this dispatcher's thread once every {@code interval}
     * @param interval also how often the dispatcher detects what its subscriptions have lost, and makes a round without
     *     a signal, because heartbeats are due by the clock. This is cheaper than a timer for each wait, because most
     *     waits are short
     * @param whenSignalled run on this dispatcher's thread when it begins a round because of a signal
     */
    Dispatcher(
            Registry registry,
            int partition,
            EngineRuntime runtime,
            Runnable maintenance,
            Duration interval,
            Runnable whenSignalled) {
        this.registry = registry;
        this.partition = partition;
        this.runtime = runtime;
        this.maintenance = maintenance;
        this.maintenanceNanos = interval.toNanos();
        this.whenSignalled = whenSignalled;
        this.lastMaintenance = runtime.nanoTime();
        this.lastRound = lastMaintenance - ROUND_NANOS;
    }

    /** Starts the thread. */
    void start() {
        String name = LongLived.DISPATCHER.label();
        // A failing courier must not end the dispatcher: without it no subscription would receive anything.
        thread = runtime.start(
                partition == 0 ? name : name + "-" + partition,
                () -> new Steps(LongLived.DISPATCHER).run(this::stepAndRest));
    }

    /** Has the dispatcher make a round. */
    void signal() {
        if (!signalled.get() && signalled.compareAndSet(false, true)) {
            wake();
        }
    }

    /** Returns true during a step, which may be long: a signal then leads to another step. */
    boolean isStepping() {
        return stepping;
    }

    private void wake() {
        Thread own = thread;
        if (own != null) { // otherwise the hub is still being opened, and no reader can wait yet
            runtime.unpark(own);
        }
    }

    /** Makes a step, and rests after it; false once the dispatcher is closed. */
    private boolean stepAndRest() {
        if (closed) {
            return false;
        }
        long left = step();
        if (signalled.get()) {
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
     * The loop's single step: runs the maintenance if it is due, and makes one round if the maintenance was due or the
     * dispatcher was signalled.
     *
     * @return how long until the maintenance is due again, in nanoseconds
     */
    long step() {
        long now = runtime.nanoTime();
        boolean due = now - lastMaintenance >= maintenanceNanos;
        // set before "signalled" is read: a publisher that signals after that read finds this step running
        stepping = true;
        try {
            if (due) {
                lastMaintenance = now;
                maintenance.run();
                registry.forEachIn(partition, Subscription::detectLoss);
            }
            boolean hasNews = signalled.compareAndSet(true, false);
            if (hasNews) {
                whenSignalled.run();
            }
            if (hasNews || due) {
                makeRound();
            }
        } finally {
            stepping = false;
        }
        return maintenanceNanos - (runtime.nanoTime() - lastMaintenance);
    }

    private void makeRound() {
        lastRound = runtime.nanoTime();
        behind = false;
        boolean complete = false;
        try {
            registry.forEachIn(partition, this::visit);
            complete = true;
        } finally {
            if (!complete) {
                signalled.set(true); // for the subscriptions that the round did not reach
            }
        }
    }

    private void visit(Subscription subscription) {
        Remaining left = subscription.dispatch();
        if (left != Remaining.NONE) {
            signalled.set(true); // in the next round, after the other subscriptions
        }
        behind |= left == Remaining.FULL_BATCH;
    }

    /** Ends the thread after its current step. */
    @Override
    public void close() {
        closed = true;
        wake();
    }
}

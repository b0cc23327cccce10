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
 * Brings news to subscriptions whose readers wait, so that a publisher need not: it pays for at most one wake-up, the
 * first dispatcher's, and those of the others while that goes round, whatever the number of subscriptions.
 *
 * <p>It goes round: each one that has news is brought a batch of it, and then the next. Where a round ends with more
 * news, the next one begins a moment after it began, for more to gather; what comes when nothing is left to do is
 * brought at once.
 *
 * <p>No wake-up is lost, by the argument of Dekker's algorithm: a reader first says that it waits and
 * then looks for news, a publisher first makes news and then looks for readers that wait. All four are
 * volatile, so at least one of the two sees the other. Between publisher and dispatcher alike.
 */
final class Dispatcher implements AutoCloseable {

    /** How far apart rounds begin, in nanoseconds: more would be felt, less would find one or two events at a time. */
    static final long ROUND_NANOS = 500_000;

    /** Too short a rest to be worth it: a thread needs as long to sleep and wake. */
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

    // Only its own thread uses these.
    private long lastMaintenance;
    private long lastRound;
    private boolean behind;

    /**
     * One for each share of the registry, of which this is the first: it is told of news, and tells the others when it
     * begins a round; of news that come during its step they are told at once.
     *
     * @param maintenance run on this thread once in every {@code interval}
     * @param interval also how often each of them finds out what its subscriptions have lost, and goes round without
     *     being told: for heartbeats, which are due by the clock. That is cheaper than a timer for each wait, as most
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
        // Only the first one has any.
        this.followers = IntStream.range(1, share == 0 ? registry.shares() : 1)
                .mapToObj(other -> new Dispatcher(registry, other, runtime, () -> {}, interval, waitingReaders))
                .toList();
    }

    /** Those of the other shares, for tests that run their steps themselves. */
    List<Dispatcher> followers() {
        return followers;
    }

    void start() {
        String name = LongLived.DISPATCHER.label();
        // Whatever a courier may run into, the dispatcher goes on: without it nobody would be told of anything.
        thread = runtime.start(
                share == 0 ? name : name + "-" + share, () -> new Steps(LongLived.DISPATCHER).run(this::turn));
        followers.forEach(Dispatcher::start);
    }

    /** A reader is about to wait. */
    void parking() {
        waitingReaders.incrementAndGet();
    }

    /** A reader goes on. */
    void unparked() {
        waitingReaders.decrementAndGet();
    }

    /** There is news. Costs a volatile read while nobody waits for any. */
    void signal() {
        if (waitingReaders.get() == 0) {
            return;
        }
        if (!news.get() && news.compareAndSet(false, true)) {
            wakeItself();
        }
        if (stepping) { // and may be for a while: else they would not hear of it before the next step
            followers.forEach(Dispatcher::signal);
        }
    }

    private void wakeItself() {
        Thread own = thread;
        if (own != null) { // else the hub is still being opened, and nobody can wait yet
            runtime.unpark(own);
        }
    }

    /** A step, and the rest after it; false once this is closed. */
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

    /** Has news gather until the next round, unless somebody was left behind by the last one. */
    private void awaitNextRound() {
        long until = lastRound + ROUND_NANOS;
        for (long left = until - runtime.nanoTime();
                left > SHORT_NANOS && !behind && !closed;
                left = until - runtime.nanoTime()) {
            runtime.park(this, left);
        }
    }

    /**
     * The loop's single step: runs the maintenance when it is due, and goes round once if it was or there is news.
     *
     * @return how long until it is due again, in nanoseconds
     */
    long step() {
        long now = runtime.nanoTime();
        boolean due = now - lastMaintenance >= maintenanceNanos;
        stepping = true; // before it takes note of the news: whoever makes some after that sees it
        try {
            if (due) {
                lastMaintenance = now;
                maintenance.run();
                registry.forEachOf(share, Subscription::lose);
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
            registry.forEachOf(share, this::bringTo);
            done = true;
        } finally {
            if (!done) {
                news.set(true); // for those that it did not come to
            }
        }
    }

    private void bringTo(Subscription subscription) {
        Backlog left = subscription.bring();
        if (left != Backlog.NONE) {
            news.set(true); // it gets that in the next round, when the others have had their turn
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

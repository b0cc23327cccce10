package auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import push.api.SessionInvalidator;
import threads.LongLived;
import threads.Steps;

/**
 * Publishes revocations: each one at least once and always under the same event id, and those of one user in the order
 * in which they were committed.
 *
 * <p>A revocation counts as published once the log has stored it and the outbox has marked it. If the relay is stopped
 * between the two, the revocation is published again. While the hub is closed or the database is unavailable, the
 * unpublished revocations stay in the database.
 */
public final class Relay implements AutoCloseable {

    /**
     * How long the caller of a revocation waits for its publication. A committed revocation is safe, so a longer wait
     * would gain nothing.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** How long a close waits for the last publications. The rest is safe in the database. */
    private static final Duration LAST_BATCH = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final InstantSource clock;
    private final Duration longestWait;
    private final WakeSignal wakeSignal = new WakeSignal();
    private final Progress progress = new Progress();
    private final PendingGauge pending;
    private final BatchPublisher publisher;
    private final OutboxPoller poller;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Runnable republishing = () -> {}; // set before the thread starts
    private final Thread thread =
            Thread.ofVirtual().name(LongLived.RELAY.label()).unstarted(this::run);

    /**
     * Publishes the revocations of an outbox.
     *
     * @param isExclusive whether no other relay can publish from the outbox. While it is false, nothing is published:
     *     otherwise the revocations would be marked as published, and the gateways of the other relay's hub would never
     *     receive them
     */
    public Relay(
            Revocations revocations, SessionInvalidator invalidator, InstantSource clock, BooleanSupplier isExclusive) {
        this(revocations, invalidator, clock, isExclusive, LONGEST_WAIT);
    }

    /** @param longestWait how long {@link #publish} waits at most */
    Relay(
            Outbox outbox,
            SessionInvalidator invalidator,
            InstantSource clock,
            BooleanSupplier isExclusive,
            Duration longestWait) {
        this.outbox = outbox;
        this.clock = clock;
        this.longestWait = longestWait;
        this.pending = new PendingGauge(clock);
        this.publisher = new BatchPublisher(outbox, invalidator, isExclusive);
        this.poller = new OutboxPoller(outbox, publisher, progress, pending, clock);
    }

    /**
     * Publishes the given revocations again if the log lacks them, and then starts the thread that publishes new
     * revocations. The thread does the same whenever the log begins a life that lacks them.
     *
     * <p>Call this before the hub accepts subscriptions. A gateway with a cursor of an earlier log gets all
     * invalidations of this log replayed, so the invalidations that it may have missed must be in the log by then.
     *
     * @param republication what to publish again
     * @param task says whether this hub must do so
     * @throws database.DatabaseException when the revocations cannot be read
     */
    public void start(Republication republication, RepublicationTask task) {
        republishing = () -> republishIfAsked(republication, task);
        republishing.run();
        progress.begin(); // before the thread starts, so that callers wait for it from here on
        thread.start();
    }

    /**
     * Publishes all revocations that are committed by now, and waits for that, up to a time limit. Events that are
     * published afterwards therefore come later in the log. If the revocations cannot be published at the moment, this
     * method returns, and the relay publishes them later.
     */
    public void publish() {
        pending.add();
        progress.await(wakeSignal::wake, longestWait);
    }

    /** The number and age of the pending revocations. Does not wait, and does not query the database. */
    public PendingRevocations pending() {
        return pending.read();
    }

    /** How long the oldest pending revocation has waited, by the relay's clock; zero if there is none. */
    public Duration pendingAge() {
        return pending().age(clock);
    }

    boolean republish(Republication republication) {
        return new Republisher(outbox, publisher, clock).republish(republication);
    }

    private void republishIfAsked(Republication republication, RepublicationTask task) {
        if (task.claim()) {
            outbox.takeOver();
            if (republish(republication)) {
                task.end();
            }
        }
    }

    private void run() {
        new Steps(LongLived.RELAY).run(this::pollAndWait);
        progress.end();
    }

    /** Polls the outbox, and waits before the next poll. Returns false when the poll was the last. */
    private boolean pollAndWait() throws InterruptedException {
        republishing.run();
        boolean last = closed.getCount() == 0; // before the poll, so that all commits before the close are published
        Duration wait = step();
        if (last) {
            return wait.isZero();
        }
        rest(wait);
        return true;
    }

    /** Waits for work or, after a failure, for the whole pause even if there is work. */
    private void rest(Duration wait) throws InterruptedException {
        if (poller.isFailing()) {
            boolean _ = closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            wakeSignal.await(wait);
        }
    }

    /** Polls the outbox once. Returns how long to wait before the next poll, unless there is work earlier. */
    Duration step() {
        return poller.poll();
    }

    /**
     * Publishes all revocations that are committed by now, and ends the thread. Those that cannot be published now are
     * published after the next start.
     */
    @Override
    public void close() {
        closed.countDown();
        wakeSignal.wake();
        if (thread.isAlive()) { // false if the start has failed
            try {
                boolean _ = thread.join(LAST_BATCH);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

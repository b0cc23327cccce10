package auth;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import database.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * <p>A revocation counts as published once the log has accepted it and the database has noted that. If the relay is
 * stopped between the two, the revocation is published again. While the hub is closed or the database is away, the
 * unpublished revocations stay in the database.
 */
public final class Relay implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());

    private static final int BATCH = 500;

    /**
     * No caller waits for this, because a revocation wakes the relay. The interval is for revocations that another
     * process has committed.
     */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final Duration CLEAN_UP_INTERVAL = Duration.ofMinutes(1);

    /** How often the backlog is counted while it does not shrink. The larger the backlog, the longer a count takes. */
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(5);

    /**
     * How long the caller of a revocation waits for its publication. A committed revocation is safe, so a longer wait
     * would gain nothing.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** How long a close waits for the last publications. The rest is safe in the database. */
    private static final Duration LAST_BATCH = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final SessionInvalidator invalidator;
    private final InstantSource clock;
    private final BooleanSupplier isAlone;
    private final Duration longestWait;
    private final Bell bell = new Bell();
    private final Progress progress = new Progress();
    private final BacklogGauge backlog;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofVirtual().name(LongLived.RELAY.label()).unstarted(this::run);

    // Used only by the thread that runs the steps.
    /** Revocations that the log has accepted, and that the database has not yet noted. */
    private final List<Revocation> taken = new ArrayList<>();

    private Duration backoff = Duration.ZERO;
    private Instant nextCleanUp;
    private Instant nextCount;

    /**
     * Publishes the revocations of an outbox.
     *
     * @param isAlone whether no other relay can publish from the outbox. While it is false, nothing is published:
     *     otherwise the revocations would be noted as published, and the gateways of the other relay's hub would never
     *     receive them
     */
    public Relay(
            Revocations revocations, SessionInvalidator invalidator, InstantSource clock, BooleanSupplier isAlone) {
        this(revocations, invalidator, clock, isAlone, LONGEST_WAIT);
    }

    /** @param longestWait how long {@link #publish} waits at most */
    Relay(
            Outbox outbox,
            SessionInvalidator invalidator,
            InstantSource clock,
            BooleanSupplier isAlone,
            Duration longestWait) {
        this.outbox = outbox;
        this.invalidator = invalidator;
        this.isAlone = isAlone;
        this.clock = clock;
        this.longestWait = longestWait;
        this.backlog = new BacklogGauge(clock);
        this.nextCount = clock.instant();
        this.nextCleanUp = clock.instant().plus(CLEAN_UP_INTERVAL);
    }

    /**
     * Publishes again what the log has lost, if it keeps nothing, and then publishes new revocations on its own thread.
     *
     * <p>Call this before the hub accepts subscriptions. A gateway with a cursor of an earlier log gets all
     * invalidations of this log replayed, so all that it may have missed must be in the log by then.
     *
     * @throws database.DatabaseException when the revocations cannot be read
     */
    public void start(Optional<Republication> republication) {
        if (republication.isPresent()) { // the log belongs to this process alone
            outbox.takeOver();
            republish(republication.get());
        }
        progress.begin(); // before the thread starts: a caller that asks from here on waits for it
        thread.start();
    }

    /**
     * Publishes all revocations that are committed by now. Anything that is published after this has returned comes
     * later in the log. The exception: if the revocations cannot be published at the moment, this returns too, and they
     * are published later.
     */
    public void publish() {
        backlog.add();
        progress.await(bell::ring, longestWait);
    }

    /** The revocations that are not yet published. Does not wait, and does not query the database. */
    public Backlog backlog() {
        return backlog.read();
    }

    /** How long the oldest of the backlog has waited, by the relay's clock; zero if the backlog is empty. */
    public Duration backlogAge() {
        return backlog().age(clock);
    }

    void republish(Republication republication) {
        Instant since = clock.instant().minus(republication.retention());
        long oldest = republication.oldestOf(outbox, since);
        long after = 0;
        long count = 0;
        List<Revocation> batch;
        do {
            batch = outbox.toRepublish(after, oldest, since, BATCH);
            boolean all = publish(batch);
            note();
            if (!isAlone.getAsBoolean()) {
                throw new IllegalStateException("another hub may use the database by now; start again");
            }
            if (!all) {
                return;
            }
            after = batch.isEmpty() ? after : batch.getLast().id();
            count += batch.size();
        } while (batch.size() == BATCH);
        if (count > 0) {
            LOG.log(INFO, "auth has published again what was revoked; count=" + count);
        }
    }

    private void run() {
        new Steps(LongLived.RELAY).run(this::turn);
        progress.end();
    }

    /** Runs a step, and waits before the next one. Returns false when the step was the last. */
    private boolean turn() throws InterruptedException {
        boolean last = closed.getCount() == 0; // before the step, so that all commits before the close are published
        Duration wait = step();
        if (last) {
            return wait.isZero();
        }
        rest(wait);
        return true;
    }

    /** Waits for work or, after a failure, for the whole back-off even if there is work. */
    private void rest(Duration wait) throws InterruptedException {
        if (backoff.isZero()) {
            bell.await(wait);
        } else {
            boolean _ = closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Publishes a batch. Returns how long to wait before the next step, unless there is work earlier. */
    Duration step() {
        try {
            note(); // revocations that an earlier step could not note
            long asked = progress.asked();
            long added = backlog.added();
            List<Revocation> batch = outbox.unpublished(BATCH);
            boolean all = publish(batch);
            boolean more = all && batch.size() == BATCH;
            if (!more) {
                progress.done(asked);
            }
            note();
            count(all && !more, added);
            cleanUp();
            succeeded();
            return more ? Duration.ZERO : IDLE;
        } catch (RuntimeException e) {
            return failed(e);
        } catch (Error e) {
            progress.end(); // callers must not wait meanwhile
            throw e;
        }
    }

    /**
     * Publishes revocations in order. Stops before the first one that the hub does not accept because it is closed, or
     * that another hub may publish. Returns true if all are published.
     */
    private boolean publish(List<Revocation> revocations) {
        for (Revocation revocation : revocations) {
            if (!isAlone.getAsBoolean() || !publish(revocation)) {
                return false; // nor any later one: the user's next revocation must not overtake this one
            }
            if (revocation.publishedAt() == null) {
                taken.add(revocation);
            }
        }
        return true;
    }

    private boolean publish(Revocation revocation) {
        return invalidator
                .invalidate(
                        revocation.userId(),
                        revocation.sessionId(),
                        revocation.reason(),
                        revocation.revokedAt(),
                        revocation.eventId().toString(),
                        revocation.traceparent())
                .isPresent();
    }

    private void note() {
        if (!taken.isEmpty()) {
            outbox.published(taken);
            taken.clear();
        }
    }

    private void count(boolean nothingLeft, long added) {
        Instant now = clock.instant();
        if (nothingLeft) {
            backlog.set(Backlog.NONE, added);
            nextCount = now;
        } else if (!now.isBefore(nextCount)) {
            backlog.set(outbox.backlog(), added);
            nextCount = now.plus(COUNT_INTERVAL);
        }
    }

    private void cleanUp() {
        if (!clock.instant().isBefore(nextCleanUp) && outbox.deleteExpired(BATCH) < BATCH) {
            nextCleanUp = clock.instant().plus(CLEAN_UP_INTERVAL);
        }
    }

    private void succeeded() {
        progress.begin(); // again, after any failure
        if (!backoff.isZero()) {
            backoff = Duration.ZERO;
            LOG.log(INFO, "auth publishes again");
        }
    }

    private Duration failed(RuntimeException e) {
        progress.end(); // callers must not wait meanwhile
        if (backoff.isZero()) {
            backoff = FIRST_BACKOFF;
            String what = "auth can't publish what is revoked; it stays in the database until it can";
            if (e instanceof DatabaseException) {
                LOG.log(WARNING, what + ": " + e.getMessage());
            } else {
                LOG.log(WARNING, what, e);
            }
        } else {
            Duration longer = backoff.multipliedBy(2);
            backoff = longer.compareTo(MAX_BACKOFF) < 0 ? longer : MAX_BACKOFF;
        }
        return backoff;
    }

    /**
     * Publishes all revocations that are committed by now, and ends the thread. Those that cannot be published now are
     * published after the next start.
     */
    @Override
    public void close() {
        closed.countDown();
        bell.ring();
        if (thread.isAlive()) { // it is not alive when the start has failed
            try {
                boolean _ = thread.join(LAST_BATCH);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

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
 * Publishes what was revoked: everything at least once, that of one user in the order in which it was committed, and
 * each revocation always under the same event id.
 *
 * <p>A revocation counts as published when the log has taken it and that is noted in the database. Whatever stops it
 * between the two has it published again. While the hub is closed, or the database is away, what there is to publish
 * stays in the database.
 */
public final class Relay implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());

    private static final int BATCH = 500;

    /** Nobody needs to wait for this: who revokes wakes the relay. It is for what another process has committed. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final Duration CLEAN_UP_INTERVAL = Duration.ofMinutes(1);

    /** How often what waits is counted while it does not get less: the more there is, the longer a count takes. */
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(5);

    /** What is committed is safe; whoever revoked it need not wait longer than a caller likes to. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** How long a close waits for what it publishes last: the rest is safe where it is. */
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

    // These are only of the thread that runs the steps.
    /** What the log has taken, and the database has yet to be told of. */
    private final List<Revocation> taken = new ArrayList<>();

    private Duration backoff = Duration.ZERO;
    private Instant nextCleanUp;
    private Instant nextCount;

    /**
     * Publishes those of an outbox.
     *
     * @param isAlone whether no other relay can publish from the outbox. While it is false, nothing is published: it would
     *     be noted, and the gateways of the other relay's hub would never be told
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
     * Publishes again what the log has forgotten, if it does, and then, on a thread of its own, whatever is revoked.
     *
     * <p>To be called before the hub takes subscriptions: a gateway that comes with the cursor of an earlier log gets
     * all invalidations of this one replayed, and all that it may have missed must be there by then.
     *
     * @throws database.DatabaseException when what was revoked can't be read
     */
    public void start(Optional<Republication> republication) {
        if (republication.isPresent()) { // the log is this process's alone
            outbox.takeOver();
            republish(republication.get());
        }
        progress.begin(); // before the thread is: who asks from here on waits for it
        thread.start();
    }

    /**
     * Publishes everything that is committed by now. So what is published by anybody after this has returned comes
     * later in the log, unless that can't be for the moment: then this returns too, and the rest is published in time.
     */
    public void publish() {
        backlog.add();
        progress.await(bell::ring, longestWait);
    }

    /** What is revoked and not yet published. Does not wait, and does not ask the database. */
    public Backlog backlog() {
        return backlog.read();
    }

    /** For how long the oldest of it has waited, by the relay's clock; zero if there is none. */
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

    /** A step, and the rest after it; false when it was the last. */
    private boolean turn() throws InterruptedException {
        boolean last = closed.getCount() == 0; // before the step: so what was committed before the close is published
        Duration wait = step();
        if (last) {
            return wait.isZero();
        }
        rest(wait);
        return true;
    }

    /** Waits for work; or, after a failure, for time to pass, whatever work there is. */
    private void rest(Duration wait) throws InterruptedException {
        if (backoff.isZero()) {
            bell.await(wait);
        } else {
            boolean _ = closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Publishes a batch; says how long to wait for the next one, unless there is work earlier. */
    Duration step() {
        try {
            note(); // what an earlier step could not
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
            progress.end(); // callers must not wait for this
            throw e;
        }
    }

    /**
     * Publishes them up to the first that the hub does not take, because it is closed, or that another hub may publish;
     * true if all are published.
     */
    private boolean publish(List<Revocation> revocations) {
        for (Revocation revocation : revocations) {
            if (!isAlone.getAsBoolean() || !publish(revocation)) {
                return false; // nor any later one: the user's next must not come before this
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
        progress.end(); // callers must not wait for this
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

    /** Publishes what is committed by now, and ends. What can't be published is at the next start. */
    @Override
    public void close() {
        closed.countDown();
        bell.ring();
        if (thread.isAlive()) { // it is not where the start has failed
            try {
                boolean _ = thread.join(LAST_BATCH);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package notification;

import static java.lang.System.Logger.Level.WARNING;

import database.Database;
import database.DatabaseException;
import http.Problem;
import http.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Answers for keys that were seen before, so that a repeated request is published once. Remembered in the database:
 * across threads, processes and restarts. Safe for any number of threads.
 *
 * <p>First the claim to a key is committed, with the ids of its events; then they are published; then the answer is
 * kept. Of requests that come at once to one process, one does so and the others wait for its answer, without a
 * connection. One that finds the claim of another process waits for its answer too; and when that process has gone
 * without one, takes its place under the same event ids.
 */
public final class IdempotencyKeys {

    private static final System.Logger LOG = System.getLogger(IdempotencyKeys.class.getName());

    /** Another process answers in less, as a rule. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private static final int SWEEP = 500;

    private final KeyTable table;
    private final Duration retention;
    private final InstantSource clock;
    private final Pause pause;
    private final ConcurrentMap<KeyedRequest.Name, UnderWay> underWay = new ConcurrentHashMap<>();

    private record UnderWay(String bodySha256, CompletableFuture<Answer> answer) {}

    /** Lets time pass. */
    interface Pause {

        void rest(Duration time) throws InterruptedException;
    }

    /**
     * Remembers what the database does, and brings its tables up to date.
     *
     * @param retention how long a key is remembered
     */
    public IdempotencyKeys(Database database, Duration retention, InstantSource clock) {
        this(database, retention, clock, Thread::sleep);
    }

    IdempotencyKeys(Database database, Duration retention, InstantSource clock, Pause pause) {
        KeyTable.migrations().apply(database);
        this.table = new KeyTable(database, UUID.randomUUID());
        this.retention = retention;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * The answer for a key: that of an attempt, or the one that an earlier attempt gave. One that throws is not
     * remembered.
     *
     * @param eventIds to publish under, unless an earlier attempt has chosen others
     * @param attempt makes an attempt that publishes under these ids
     * @throws Problem 422 when the key was seen with another body; whatever the attempt throws
     * @throws DatabaseException when the database can't be asked; nothing was attempted then
     */
    Answer once(KeyedRequest request, List<String> eventIds, Function<List<String>, Attempt> attempt) {
        UnderWay mine = new UnderWay(request.bodySha256(), new CompletableFuture<>());
        UnderWay other = underWay.putIfAbsent(request.name(), mine);
        if (other != null) {
            if (!other.bodySha256().equals(mine.bodySha256())) {
                throw reused();
            }
            return await(other.answer());
        }
        try {
            Answer answer = first(request, eventIds, attempt);
            mine.answer().complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            mine.answer().completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(request.name(), mine);
        }
    }

    private static Problem reused() {
        return new Problem(ProblemType.IDEMPOTENCY_KEY_REUSED, "this Idempotency-Key was used with another body");
    }

    private static Answer await(CompletableFuture<Answer> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure; // what the first request was answered with
            }
            throw e;
        }
    }

    /** Of this process's requests with a key this is the only one. */
    private Answer first(KeyedRequest request, List<String> eventIds, Function<List<String>, Attempt> attempt) {
        while (true) {
            Instant now = clock.instant();
            switch (table.claim(request, eventIds, now, now.plus(retention))) {
                case Claim.Answered answered -> {
                    return answered.answer();
                }
                case Claim.Mine mine -> {
                    return run(request, attempt.apply(mine.eventIds()));
                }
                case Claim.OfAnotherBody _ -> throw reused();
                case Claim.Held held -> rest(Duration.between(now, held.until()));
            }
        }
    }

    private void rest(Duration atMost) {
        try {
            pause.rest(atMost.compareTo(LOOK_AGAIN) < 0 ? atMost : LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stopped();
        }
    }

    private Answer run(KeyedRequest request, Attempt attempt) {
        Answer answer;
        try {
            answer = attempt.run();
        } catch (RuntimeException | Error e) {
            afterwards(() -> {
                if (attempt.begun()) {
                    table.abandon(request, clock.instant());
                } else {
                    table.withdraw(request);
                }
            });
            throw e;
        }
        afterwards(() -> table.answered(request, answer));
        return answer;
    }

    /** What was published is published: its caller is told so, also when the database has gone meanwhile. */
    private static void afterwards(Runnable step) {
        try {
            step.run();
        } catch (DatabaseException e) {
            LOG.log(
                    WARNING,
                    "an answer could not be kept under its Idempotency-Key; repeated, its request is"
                            + " published again, with the same event ids: " + e.getMessage());
        }
    }

    /**
     * Forgets some of the keys whose time is over.
     *
     * @return whether there may be more
     */
    boolean sweep() {
        return table.deleteExpired(clock.instant(), SWEEP) == SWEEP;
    }
}

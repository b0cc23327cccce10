package idempotency;

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers for keys that were seen before, so that a repeated request is acted on once. Remembered in the database:
 * across threads, processes and restarts. Safe for any number of threads.
 *
 * <p>First the claim to a key is committed, with the ids of what will be made, such as events; then they are made; then the
 * answer is kept. Of requests that come at once to one process, one does so and the others wait for its answer, without a
 * connection. One that finds the claim of another process waits for its answer too; and when that process has gone
 * without one, takes its place under the same ids.
 */
public final class IdempotencyKeys {

    private static final System.Logger LOG = System.getLogger(IdempotencyKeys.class.getName());

    /** Another process answers in less, as a rule. */
    private static final Duration FIRST_REST = Duration.ofMillis(20);

    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private static final int SWEEP = 500;

    /** Once so many characters of answers wait for the database, no more requests with a key are taken. */
    private static final long MAX_UNSTORED = 8 << 20;

    /** What an answer that waits counts for beside its text. */
    private static final int UNSTORED_ANSWER = 512;

    private final KeyTable table;
    private final Duration retention;
    private final InstantSource clock;
    private final Pause pause;
    private final ConcurrentMap<KeyedRequest.Name, UnderWay> underWay = new ConcurrentHashMap<>();

    /** What was answered and could not be stored yet: this process must not publish for these keys again. */
    private final ConcurrentMap<KeyedRequest.Name, Unstored> unstored = new ConcurrentHashMap<>();

    private final AtomicLong unstoredSize = new AtomicLong();

    private record Unstored(KeyedRequest request, Answer answer) {

        long size() {
            return (long) UNSTORED_ANSWER + answer.json().length();
        }
    }

    private record UnderWay(String bodySha256, CompletableFuture<Answer> answer) {}

    /** Lets time pass, and measures it by a clock that nobody puts forward or back. */
    interface Pause {

        void rest(Duration time) throws InterruptedException;

        long nanoTime();
    }

    private static final Pause REAL = new Pause() {

        @Override
        public void rest(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };

    /**
     * Remembers what the database does, and brings its tables up to date.
     *
     * @param retention how long a key is remembered
     * @param isAlone whether no other process uses the database. Then the owners of all claims in it have ended, and nobody
     *     waits for them
     */
    public IdempotencyKeys(Database database, Duration retention, InstantSource clock, boolean isAlone) {
        this(database, retention, clock, isAlone, REAL);
    }

    IdempotencyKeys(Database database, Duration retention, InstantSource clock, boolean isAlone, Pause pause) {
        KeyTable.migrations().apply(database);
        this.table = new KeyTable(database, UUID.randomUUID());
        this.retention = retention;
        this.clock = clock;
        this.pause = pause;
        if (isAlone) {
            table.disown();
        }
    }

    /**
     * The answer for a key: that of an attempt, or the one that an earlier attempt gave. One that throws is not
     * remembered.
     *
     * @param ids to act under, unless an earlier attempt has chosen others; none has a blank
     * @param attempt makes an attempt that acts under these ids
     * @throws Problem 422 when the key was seen with another body; whatever the attempt throws
     * @throws DatabaseException when the database can't be asked; nothing was attempted then
     */
    public Answer once(KeyedRequest request, List<String> ids, Function<List<String>, Attempt> attempt) {
        UnderWay mine = new UnderWay(request.bodySha256(), new CompletableFuture<>());
        UnderWay other = underWay.putIfAbsent(request.name(), mine);
        if (other != null) {
            if (!other.bodySha256().equals(mine.bodySha256())) {
                throw reused();
            }
            return await(other.answer());
        }
        try {
            Answer answer = first(request, ids, attempt);
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
    private Answer first(KeyedRequest request, List<String> ids, Function<List<String>, Attempt> attempt) {
        Unstored kept = unstored.get(request.name());
        if (kept != null) {
            if (!kept.request().equals(request)) {
                throw reused();
            }
            return kept.answer();
        }
        if (unstoredSize.get() >= MAX_UNSTORED) {
            throw Problem.overloaded(); // the database takes no answers
        }
        Wait wait = new Wait();
        while (true) {
            Instant now = clock.instant();
            switch (table.claim(request, ids, now, now.plus(retention), wait.isOver() ? wait.owner : null)) {
                case Claim.Answered answered -> {
                    return answered.answer();
                }
                case Claim.Mine mine -> {
                    return run(request, attempt.apply(mine.ids()));
                }
                case Claim.OfAnotherBody _ -> throw reused();
                case Claim.Held held -> wait.rest(held, Duration.between(now, held.until()));
            }
        }
    }

    /**
     * How long the owner of a claim has been waited for. Its host's clock may be hours ahead, so what counts is the time
     * that this process has seen it.
     */
    private final class Wait {

        private @Nullable UUID owner;
        private long since;
        private Duration next = FIRST_REST;

        boolean isOver() {
            return owner != null && pause.nanoTime() - since >= KeyTable.OWNERSHIP.toNanos();
        }

        void rest(Claim.Held held, Duration atMost) {
            if (!held.owner().equals(owner)) {
                owner = held.owner();
                since = pause.nanoTime();
            }
            try {
                pause.rest(atMost.compareTo(next) < 0 ? atMost : next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.stopped();
            }
            next = next.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? next.multipliedBy(2) : LONGEST_REST;
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
        store(new Unstored(request, answer));
        return answer;
    }

    /** What was published is published: its caller is told so, also when the database has gone meanwhile. */
    private void store(Unstored answered) {
        try {
            table.answered(answered.request(), answered.answer());
        } catch (DatabaseException e) {
            unstored.put(answered.request().name(), answered);
            unstoredSize.addAndGet(answered.size());
            LOG.log(
                    WARNING,
                    "an answer could not be stored under its Idempotency-Key; it is kept in memory until it can: "
                            + e.getMessage());
        }
    }

    /** As above: a claim that stays behind is taken over later. */
    private static void afterwards(Runnable step) {
        try {
            step.run();
        } catch (DatabaseException e) {
            LOG.log(WARNING, "a claim to an Idempotency-Key could not be given back: " + e.getMessage());
        }
    }

    /**
     * Stores the answers that are kept in memory: as long as they are, they are lost with the process.
     *
     * @return false: there are no more
     * @throws DatabaseException when one still can't be stored
     */
    public boolean storeAnswers() {
        unstored.values().forEach(answered -> {
            table.answered(answered.request(), answered.answer());
            if (unstored.remove(answered.request().name(), answered)) {
                unstoredSize.addAndGet(-answered.size());
            }
        });
        return false;
    }

    /**
     * Forgets some of the keys whose time is over.
     *
     * @return whether there may be more
     */
    public boolean sweep() {
        return table.deleteExpired(clock.instant(), SWEEP) == SWEEP;
    }
}

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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Remembers idempotency keys and their responses, so that a repeated request is acted on only once. The keys are in the
 * database, so this works across threads, processes and restarts. Safe for any number of threads.
 *
 * <p>A claim to the key is committed first, with the ids of the things to be made, such as events. Then they are made,
 * and then the response is stored. If one process receives several requests with the same key at once, one request does
 * the work, and the others wait for its response without using a connection. A request that finds the claim of another
 * process also waits for the response. If that process has gone without one, the request takes over the claim, with the
 * same ids.
 */
public final class IdempotencyKeys {

    private static final System.Logger LOG = System.getLogger(IdempotencyKeys.class.getName());

    /** How many expired keys one transaction deletes at most. */
    private static final int SWEEP_BATCH = 500;

    private final KeyTable table;
    private final Duration retention;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final ConcurrentMap<KeyedRequest.Name, InFlight> inFlight = new ConcurrentHashMap<>();
    private final UnstoredResponses unstored = new UnstoredResponses();

    private record InFlight(String bodySha256, CompletableFuture<KeyedResponse> response) {}

    /**
     * Remembers keys in the database, and updates its tables.
     *
     * @param retention how long a key is remembered
     * @param isAlone true when no other process uses the database: the owners of all existing claims have then ended,
     *     and no request waits for them
     */
    public IdempotencyKeys(Database database, Duration retention, InstantSource clock, boolean isAlone) {
        this(database, retention, clock, isAlone, Sleeper.REAL);
    }

    IdempotencyKeys(Database database, Duration retention, InstantSource clock, boolean isAlone, Sleeper sleeper) {
        KeyTable.migrations().apply(database);
        this.table = new KeyTable(database, UUID.randomUUID());
        this.retention = retention;
        this.clock = clock;
        this.sleeper = sleeper;
        if (isAlone) {
            table.releaseAll();
        }
    }

    /**
     * Returns the response for a key: the result of an attempt, or the stored result of an earlier one. An attempt that
     * throws has no stored result.
     *
     * @param ids the ids to use, unless an earlier attempt has chosen others; they must not contain spaces
     * @param attempt creates the attempt, which uses the given ids
     * @throws Problem 422 when the key was used with another body, 503 when too many responses wait to be stored; any
     *     problem that the attempt throws
     * @throws DatabaseException when the key cannot be claimed, and nothing was attempted; or when the attempt throws
     *     it
     */
    public KeyedResponse once(KeyedRequest request, List<String> ids, Function<List<String>, Attempt> attempt) {
        InFlight mine = new InFlight(request.bodySha256(), new CompletableFuture<>());
        InFlight other = inFlight.putIfAbsent(request.name(), mine);
        if (other != null) {
            if (!other.bodySha256().equals(mine.bodySha256())) {
                throw reused();
            }
            return await(other.response());
        }
        try {
            KeyedResponse response = first(request, ids, attempt);
            mine.response().complete(response);
            return response;
        } catch (RuntimeException | Error e) {
            mine.response().completeExceptionally(e);
            throw e;
        } finally {
            inFlight.remove(request.name(), mine);
        }
    }

    private static Problem reused() {
        return new Problem(ProblemType.IDEMPOTENCY_KEY_REUSED, "this Idempotency-Key was used with a different body");
    }

    private static KeyedResponse await(CompletableFuture<KeyedResponse> response) {
        try {
            return response.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure; // the exception of the first request
            }
            throw e;
        }
    }

    /** Runs for at most one request per key in this process at a time. */
    private KeyedResponse first(KeyedRequest request, List<String> ids, Function<List<String>, Attempt> attempt) {
        Optional<UnstoredResponses.Unstored> kept = unstored.get(request.name());
        if (kept.isPresent()) {
            if (!kept.get().request().equals(request)) {
                throw reused();
            }
            return kept.get().response();
        }
        if (unstored.isFull()) {
            throw Problem.overloaded(); // the database does not accept responses
        }
        OwnerWait wait = new OwnerWait(sleeper);
        while (true) {
            Instant now = clock.instant();
            switch (table.claim(request, ids, now, now.plus(retention), wait.goneOwner())) {
                case Claim.Completed completed -> {
                    return completed.response();
                }
                case Claim.Granted granted -> {
                    return run(request, attempt.apply(granted.ids()));
                }
                case Claim.OtherBody _ -> throw reused();
                case Claim.Held held -> wait.pause(held, now);
            }
        }
    }

    private KeyedResponse run(KeyedRequest request, Attempt attempt) {
        KeyedResponse response;
        try {
            response = attempt.run();
        } catch (RuntimeException | Error e) {
            afterwards(() -> {
                if (attempt.mayHaveEffects()) {
                    table.release(request, clock.instant());
                } else {
                    table.delete(request);
                }
            });
            throw e;
        }
        store(request, response);
        return response;
    }

    /**
     * Stores a response. When the database is unavailable, the caller still gets the response, because the attempt has
     * succeeded.
     */
    private void store(KeyedRequest request, KeyedResponse response) {
        try {
            table.complete(request, response);
        } catch (DatabaseException e) {
            unstored.add(request, response);
            LOG.log(
                    WARNING,
                    "a response could not be stored under its Idempotency-Key, and is kept in memory until the hub can"
                            + " store it: "
                            + e.getMessage());
        }
    }

    /** Ignores database failures: a remaining claim is taken over later. */
    private static void afterwards(Runnable step) {
        try {
            step.run();
        } catch (DatabaseException e) {
            LOG.log(WARNING, "the claim to an Idempotency-Key could not be released: " + e.getMessage());
        }
    }

    /**
     * Stores the responses that are kept in memory. Until then, they are lost if the process ends.
     *
     * @return false, because no more are left
     * @throws DatabaseException when a response still cannot be stored
     */
    public boolean storeResponses() {
        unstored.storeAll(table::complete);
        return false;
    }

    /**
     * Deletes some of the expired keys.
     *
     * @return whether there may be more
     */
    public boolean sweep() {
        return table.deleteExpired(clock.instant(), SWEEP_BATCH) == SWEEP_BATCH;
    }
}

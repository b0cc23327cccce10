package idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import database.Database;
import database.DatabaseConfig;
import http.Problem;
import http.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import testing.TestDatabase;

/**
 * Processes that share a database, and that publish an event for each request with a key. The time of all of them is
 * {@link #clock}: it advances while a process waits for another one.
 */
final class Processes implements AutoCloseable {

    static final Duration RETENTION = Duration.ofHours(24);

    final PassingTime clock = new PassingTime();

    /** The ids of the published events. */
    final List<String> published = new CopyOnWriteArrayList<>();

    final String url;
    Database database;

    /** The process that the methods without a process use. */
    IdempotencyKeys keys;

    Processes(TestDatabase kind) {
        url = kind.freshUrl();
        database = Database.open(DatabaseConfig.of(url));
        keys = another();
    }

    /** Starts another process with the same database. */
    IdempotencyKeys another() {
        return another(database.isExclusive());
    }

    IdempotencyKeys another(boolean isAlone) {
        return new IdempotencyKeys(database, RETENTION, clock, isAlone, clock);
    }

    /** Starts another process, whose waits take real time. */
    IdempotencyKeys anotherInRealTime() {
        return new IdempotencyKeys(database, RETENTION, clock, false);
    }

    /** Opens the database, which the test has closed. */
    void reopen() {
        database = Database.open(DatabaseConfig.of(url));
    }

    static KeyedRequest request(String key, String body) {
        return KeyedRequest.of("/notifications", key, digest -> digest.update(body.getBytes(UTF_8)));
    }

    /** Publishes under the first id, and responds with it. */
    Attempt publishing(List<String> eventIds) {
        return attempt(true, () -> {
            published.add(eventIds.getFirst());
            return answer(eventIds.getFirst());
        });
    }

    static Attempt attempt(boolean begun, Callable<KeyedResponse> run) {
        return new Attempt() {

            @Override
            public KeyedResponse run() {
                try {
                    return run.call();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public boolean mayHaveEffects() {
                return begun;
            }
        };
    }

    /** Sends a request, which uses the id unless an earlier attempt has chosen another one. */
    KeyedResponse once(IdempotencyKeys process, String key, String body, String id) {
        return process.once(request(key, body), List.of(id), this::publishing);
    }

    KeyedResponse once(String key, String body, String id) {
        return once(keys, key, body, id);
    }

    /** The response to a request whose event has this id. */
    static KeyedResponse answer(String id) {
        return new KeyedResponse(202, "{\"id\":\"" + id + "\"}");
    }

    void assertRefused(String key, String body) {
        Problem problem = assertThrows(Problem.class, () -> once(key, body, "never"));
        assertThat(problem.type(), is(Optional.of(ProblemType.IDEMPOTENCY_KEY_REUSED)));
        assertThat(problem.status().code(), is(422));
    }

    static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}

package idempotency;

import static idempotency.Processes.RETENTION;
import static idempotency.Processes.answer;
import static idempotency.Processes.attempt;
import static idempotency.Processes.awaitUninterrupted;
import static idempotency.Processes.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import database.Database;
import database.DatabaseConfig;
import http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

/** A repeated request gets the first response, and is acted on once. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class IdempotencyKeysTest {

    private final Processes processes;

    IdempotencyKeysTest(TestDatabase kind) {
        processes = new Processes(kind);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void repeatedRequestGetsTheFirstResponseAndIsActedOnOnce() {
        assertThat(processes.once("k", "body", "a"), is(answer("a")));
        assertThat(processes.once("k", "body", "b"), is(answer("a")));
        assertThat(processes.published, contains("a"));
    }

    @Test
    void responseIsStoredVerbatim() {
        KeyedResponse odd = new KeyedResponse(207, "{\"é\":\"\\u0000🐦\",\"n\":" + "1".repeat(2_000_000) + "}");
        processes.keys.once(request("k", ""), List.of("a"), ids -> attempt(true, () -> odd));
        assertThat(processes.once("k", "", "b"), is(odd));
    }

    @Test
    void anotherKeyOrPathIsAnotherRequest() {
        processes.once("k", "body", "a");
        assertThat(processes.once("K", "body", "b"), is(answer("b")));
        assertThat(processes.once("k ".strip() + "é'\"%", "body", "c"), is(answer("c")));
        assertThat(processes.once("k".repeat(256), "body", "d"), is(answer("d")));
        KeyedRequest elsewhere =
                KeyedRequest.of("/notifications:batch", "k", digest -> digest.update("body".getBytes(UTF_8)));
        assertThat(processes.keys.once(elsewhere, List.of("e"), processes::publishing), is(answer("e")));
    }

    @Test
    void otherBodyWithTheSameKeyIsRefusedAndNotActedOn() {
        processes.once("k", "body", "a");
        processes.assertRefused("k", "another");
        assertThat(processes.published, contains("a"));
        assertThat(processes.once("k", "body", "b"), is(answer("a")));
    }

    @Test
    void keyIsForgottenAfterItsRetention() {
        processes.once("k", "body", "a");
        processes.clock.advance(RETENTION.minusMillis(1));
        assertThat(processes.once("k", "body", "b"), is(answer("a")));
        processes.clock.advance(Duration.ofMillis(1));
        assertThat(processes.once("k", "another", "c"), is(answer("c")));
        assertThat(processes.once("k", "another", "d"), is(answer("c")));
    }

    @Test
    void repetitionDoesNotExtendTheRetention() {
        processes.once("k", "body", "a");
        processes.clock.advance(RETENTION.dividedBy(2));
        processes.once("k", "body", "b");
        processes.clock.advance(RETENTION.dividedBy(2));
        assertThat(processes.once("k", "body", "c"), is(answer("c")));
    }

    @Test
    void failureBeforeAnythingWasPublishedIsThrownAndReleasesTheKey() {
        Problem failure = Problem.stopped();
        Problem thrown = assertThrows(
                Problem.class,
                () -> processes.keys.once(
                        request("k", "body"),
                        List.of("a"),
                        ids -> attempt(false, () -> {
                            throw failure;
                        })));
        assertThat(thrown, is(sameInstance(failure)));
        assertThat(processes.once("k", "another", "b"), is(answer("b")));
    }

    @Test
    void interruptedAttemptIsRepeatedWithTheSameEventIds() {
        assertThrows(
                Problem.class,
                () -> processes.keys.once(
                        request("k", "body"),
                        List.of("a"),
                        ids -> attempt(true, () -> {
                            throw Problem.stopped();
                        })));
        processes.assertRefused("k", "another");
        assertThat(processes.once(processes.another(), "k", "body", "b"), is(answer("a")));
        assertThat(processes.once("k", "body", "c"), is(answer("a")));
        assertThat(processes.published, contains("a"));
    }

    @Test
    void responseSurvivesARestart() {
        processes.once("k", "body", "a");
        processes.database.close();
        processes.reopen();
        processes.keys = processes.another();
        assertThat(processes.once("k", "body", "b"), is(answer("a")));
        processes.assertRefused("k", "another");
        assertThat(processes.published, contains("a"));
    }

    @Test
    void responseIsReturnedEvenIfItCannotBeStored() {
        KeyedResponse first = processes.keys.once(
                request("k", "body"),
                List.of("a"),
                ids -> attempt(true, () -> {
                    processes.database.close();
                    return processes.publishing(ids).run();
                }));
        assertThat(first, is(answer("a")));
        processes.reopen();
        assertThat(processes.once(processes.another(), "k", "body", "b"), is(answer("a")));
        assertThat("again, under the same id", processes.published, contains("a", "a"));
    }

    @Test
    void responseIsKeptInMemoryUntilItCanBeStored() throws Exception {
        KeyedResponse first;
        try (Database small = Database.open(new DatabaseConfig(url(), "", "", 1))) {
            IdempotencyKeys own = new IdempotencyKeys(small, RETENTION, processes.clock, false, processes.clock);
            CountDownLatch taken = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Thread busy = Thread.ofVirtual().unstarted(() -> {
                int _ = small.read(connection -> {
                    taken.countDown();
                    awaitUninterrupted(done);
                    return 0;
                });
            });
            first = own.once(
                    request("k", "body"),
                    List.of("a"),
                    ids -> attempt(true, () -> {
                        busy.start();
                        taken.await();
                        return processes.publishing(ids).run();
                    }));
            assertThat("repeated", processes.once(own, "k", "body", "b"), is(first));
            assertThrows(Problem.class, () -> processes.once(own, "k", "another", "c"));
            done.countDown();
            busy.join();
            boolean _ = own.storeResponses();
        }
        if (processes.database.isExclusive()) {
            processes.reopen();
        }
        assertThat("by another process", processes.once(processes.another(), "k", "body", "d"), is(first));
        assertThat(processes.published, contains("a"));
    }

    /** The URL of the database. If only one process can open the database, this closes it first. */
    private String url() {
        if (processes.database.isExclusive()) {
            processes.database.close();
        }
        return processes.url;
    }

    @Test
    void sweepDeletesExpiredKeysAndNoOthers() {
        for (int i = 0; i < 600; i++) {
            processes.once("old" + i, "body", "a");
        }
        processes.clock.advance(RETENTION.minusSeconds(1));
        processes.once("young", "body", "y");
        processes.clock.advance(Duration.ofSeconds(1));
        processes.once("old0", "body", "again"); // claimed anew before it was swept
        processes.published.clear();
        assertThat("a batch is small", processes.keys.sweep(), is(true));
        assertThat(processes.keys.sweep(), is(false));
        assertThat(processes.once("young", "body", "z"), is(answer("y")));
        assertThat(processes.once("old0", "body", "z"), is(answer("again")));
        assertThat(processes.published.size(), is(0));
        assertThat(
                new KeyTable(processes.database, UUID.randomUUID()).deleteExpired(processes.clock.instant(), 1000),
                is(0));
    }
}

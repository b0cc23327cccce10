package idempotency;

import static idempotency.Processes.RETENTION;
import static idempotency.Processes.answer;
import static idempotency.Processes.attempt;
import static idempotency.Processes.request;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

/** Claims of processes that are gone, slow, or still working on the request. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class ClaimTakeoverTest {

    private final Processes processes;

    ClaimTakeoverTest(TestDatabase kind) {
        processes = new Processes(kind);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void claimOfADeadProcessIsTakenOverWithTheSameEventIds() {
        claimAndDie("k", "a");
        assertThat(processes.once("k", "body", "b"), is(answer("a"))); // after the claim has timed out
        assertThat(processes.once(processes.another(), "k", "body", "c"), is(answer("a")));
        assertThat(processes.published, contains("a"));
    }

    private void claimAndDie(String key, String id) {
        Claim claim = new KeyTable(processes.database, UUID.randomUUID())
                .claim(
                        request(key, "body"),
                        List.of(id),
                        processes.clock.instant(),
                        processes.clock.instant().plus(RETENTION),
                        null);
        assertThat(claim, is(new Claim.Granted(List.of(id))));
    }

    @Test
    void ownerWhoseClockIsAnHourAheadIsNotWaitedForAnyLonger() {
        processes.clock.put(Duration.ofHours(1));
        claimAndDie("k", "a");
        processes.clock.put(Duration.ofHours(-1));
        long before = processes.clock.nanoTime();
        assertThat(processes.once("k", "body", "b"), is(answer("a")));
        Duration waited = Duration.ofNanos(processes.clock.nanoTime() - before);
        assertThat(waited.compareTo(KeyTable.CLAIM_TIMEOUT.plusSeconds(1)) < 0, is(true));
    }

    @Test
    void processThatIsAloneDoesNotWaitForAFormerOwner() {
        for (boolean isAlone : new boolean[] {true, false}) {
            String key = "k" + isAlone;
            claimAndDie(key, "a");
            long before = processes.clock.nanoTime();
            assertThat(processes.once(processes.another(isAlone), key, "body", "b"), is(answer("a")));
            assertThat(processes.clock.nanoTime() == before, is(isAlone));
        }
    }

    @Test
    void otherBodyIsRefusedWithoutWaitingForTheOwner() {
        claimAndDie("k", "a");
        processes.assertRefused("k", "another");
        assertThat(processes.clock.instant(), is(new PassingTime().instant()));
    }

    @Test
    void requestWaitsForTheResponseOfAnotherProcess() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        IdempotencyKeys other =
                new IdempotencyKeys(processes.database, RETENTION, processes.clock, false, new Sleeper() {

                    @Override
                    public void sleep(Duration time) {
                        waits.countDown();
                    }

                    @Override
                    public long nanoTime() {
                        return 0;
                    }
                });
        FutureTask<KeyedResponse> second = new FutureTask<>(() -> processes.once(other, "k", "body", "b"));
        KeyedResponse first = processes.keys.once(
                request("k", "body"),
                List.of("a"),
                ids -> attempt(true, () -> {
                    Thread.ofVirtual().start(second);
                    waits.await();
                    return processes.publishing(ids).run();
                }));
        assertThat(first, is(answer("a")));
        assertThat(second.get(), is(answer("a")));
        assertThat(processes.published, contains("a"));
    }

    @Test
    void lateResponseDoesNotOverwriteThatOfTheNewOwner() {
        IdempotencyKeys other = processes.another();
        KeyedResponse late = processes.keys.once(
                request("k", "body"),
                List.of("a"),
                ids -> attempt(true, () -> {
                    processes.clock.advance(KeyTable.CLAIM_TIMEOUT); // a pause of the whole machine
                    assertThat(processes.once(other, "k", "body", "b"), is(answer("a")));
                    return new KeyedResponse(202, "\"late\"");
                }));
        assertThat(late, is(new KeyedResponse(202, "\"late\"")));
        assertThat(processes.once("k", "body", "c"), is(answer("a")));
    }

    @Test
    void lateFailureDoesNotDeleteTheResponseOfTheNewOwner() {
        IdempotencyKeys other = processes.another();
        assertThrows(
                Problem.class,
                () -> processes.keys.once(
                        request("k", "body"),
                        List.of("a"),
                        ids -> attempt(false, () -> {
                            processes.clock.advance(KeyTable.CLAIM_TIMEOUT);
                            processes.once(other, "k", "body", "b");
                            throw Problem.stopped();
                        })));
        assertThat(processes.once("k", "body", "c"), is(answer("a")));
    }
}

package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import push.api.Outcome;
import testing.Await;
import testing.TestDatabase;
import threads.LongLived;
import threads.ThreadWatch;

/** The relay on its own thread. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RelayThreadTest {

    private static final Republication NOTHING =
            new Republication(Duration.ofDays(1), 1, Long.MAX_VALUE, revocation -> 1);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final TestOutbox outbox;
    private final TestAuth auth;

    RelayThreadTest(TestDatabase kind) {
        outbox = new TestOutbox(kind);
        auth = outbox.auth;
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void publishReturnsAfterEarlierRevocationsArePublished() {
        try (Relay relay = auth.nextRelay()) {
            relay.start(NOTHING, RepublicationTask.none());
            List<String> revoked = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                outbox.revoke("reason " + i);
                revoked.add("reason " + i);
                relay.publish();
                assertThat(outbox.publishedReasons(), is(revoked));
            }
        }
    }

    @Test
    void simultaneousCallersFindTheirRevocationsPublished() throws Exception {
        try (Relay relay = auth.nextRelay();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            relay.start(NOTHING, RepublicationTask.none());
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String reason = "reason " + i;
                callers.add(() -> {
                    outbox.sessions.revokeAll(UUID.randomUUID(), RevocationContext.of(reason));
                    relay.publish();
                    return outbox.publishedReasons().contains(reason);
                });
            }
            for (Future<Boolean> found : threads.invokeAll(callers)) {
                assertThat(found.get(), is(true));
            }
        }
        assertThat(outbox.publishedReasons(), hasSize(100));
    }

    @Test
    @Timeout(60)
    void publishDoesNotWaitForAClosedHubOrAnUnavailableDatabase() {
        try (Relay relay = auth.nextRelay()) {
            relay.publish(); // the relay is not started yet
            relay.start(NOTHING, RepublicationTask.none());
            auth.invalidations.close();
            outbox.revoke("one");
            relay.publish();
            auth.database.close();
            relay.publish();
            relay.publish();
            assertThat(outbox.publishedReasons(), is(empty()));
        }
    }

    @Test
    void idleRelayFindsRevocationsOfAnotherProcess() throws Exception {
        CountDownLatch published = new CountDownLatch(1);
        try (Relay relay = outbox.relayTo((userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
            published.countDown();
            return CompletableFuture.completedFuture(new Outcome.Published("e-1"));
        })) {
            relay.start(NOTHING, RepublicationTask.none());
            outbox.revoke("one");
            assertThat(published.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS), is(true));
        }
    }

    @Test
    void closePublishesCommittedRevocations() {
        Relay relay = auth.nextRelay();
        relay.start(NOTHING, RepublicationTask.none());
        IntStream.range(0, 600).forEach(i -> outbox.revoke("reason " + i));
        relay.close();
        assertThat(auth.revocations.unpublished(10), is(empty()));
        assertThat(outbox.publishedReasons(), hasSize(600));
    }

    @Test
    void relayContinuesAfterErrors() throws Exception {
        long before = ThreadWatch.failures(LongLived.RELAY);
        AtomicInteger attempts = new AtomicInteger();
        try (Relay relay = outbox.relayTo((userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
            if (attempts.incrementAndGet() <= 3) {
                throw new StackOverflowError("test");
            }
            return auth.invalidations.invalidate(userId, sessionId, reason, revokedAt, eventId, traceparent, onceId);
        })) {
            relay.start(NOTHING, RepublicationTask.none());
            outbox.revoke("one", "two");
            Await.until(
                    "they are published",
                    TIMEOUT,
                    () -> outbox.publishedReasons().equals(List.of("one", "two")));
        }
        assertThat(ThreadWatch.failures(LongLived.RELAY) - before, is(3L));
        assertThat(ThreadWatch.failing().contains(LongLived.RELAY), is(false));
    }

    @Test
    void relayThatWasNeverStartedCanBeClosed() {
        auth.nextRelay().close();
        assertThat(outbox.publishedReasons(), is(empty()));
    }
}

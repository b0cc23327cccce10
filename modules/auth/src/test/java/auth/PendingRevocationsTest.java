package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

/** The number and age of the revocations that are not published yet. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PendingRevocationsTest {

    private final UUID user = UUID.randomUUID();
    private final TestAuth auth;
    private final Sessions sessions; // the tests run the relay

    PendingRevocationsTest(TestDatabase kind) {
        auth = new TestAuth(kind);
        sessions = auth.withoutRelay();
    }

    @AfterEach
    void close() {
        auth.close();
    }

    private void revoke(String... reasons) {
        for (String reason : reasons) {
            sessions.revokeAll(user, RevocationContext.of(reason));
        }
    }

    private static void assertPending(Relay relay, long revocations, Duration age) {
        assertThat(relay.pending().count(), is(revocations));
        assertThat(relay.pendingAge(), is(age));
    }

    @Test
    void unpublishedRevocationsAreCounted() {
        assertPending(auth.relay, 0, Duration.ZERO);
        auth.invalidations.close();
        revoke("one");
        auth.pass(Duration.ofMinutes(1));
        revoke("two");
        auth.relay.step();
        assertPending(auth.relay, 2, Duration.ofMinutes(1));
        auth.pass(Duration.ofMinutes(1));
        assertPending(auth.relay, 2, Duration.ofMinutes(2));
        revoke("three");
        auth.relay.step();
        assertPending(auth.relay, 3, Duration.ofMinutes(2));
        auth.invalidations.open();
        auth.relay.step();
        assertPending(auth.relay, 0, Duration.ZERO);
    }

    @Test
    void remainderIsCountedAfterTheFirstBatch() {
        IntStream.range(0, 501).forEach(i -> revoke("reason " + i));
        auth.relay.step();
        assertThat(auth.relay.pending().count(), is(1L));
        auth.relay.step();
        assertThat(auth.relay.pending().count(), is(0L));
    }

    /** The number is unknown then, which must not look like an empty outbox. */
    @Test
    void countStaysWhileTheDatabaseIsUnavailable() {
        auth.invalidations.close();
        revoke("one");
        auth.relay.step();
        auth.database.close();
        auth.pass(Duration.ofHours(1));
        auth.relay.step();
        assertPending(auth.relay, 1, Duration.ofHours(1));
    }

    @Test
    void committedRevocationsAreCountedWhileTheRelayDoesNotRun() {
        Relay relay = auth.nextRelay();
        for (int i = 0; i < 3; i++) {
            revoke("reason " + i);
            relay.publish();
        }
        auth.pass(Duration.ofSeconds(7));
        assertPending(relay, 3, Duration.ofSeconds(7));
        relay.step();
        assertPending(relay, 0, Duration.ZERO);
    }
}

package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
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

    private final TestOutbox outbox;
    private final TestAuth auth;

    PendingRevocationsTest(TestDatabase kind) {
        outbox = new TestOutbox(kind);
        auth = outbox.auth;
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    private static void assertPending(Relay relay, long revocations, Duration age) {
        assertThat(relay.pending().count(), is(revocations));
        assertThat(relay.pendingAge(), is(age));
    }

    @Test
    void unpublishedRevocationsAreCounted() {
        assertPending(auth.relay, 0, Duration.ZERO);
        auth.invalidations.close();
        outbox.revoke("one");
        auth.pass(Duration.ofMinutes(1));
        outbox.revoke("two");
        auth.relay.step();
        assertPending(auth.relay, 2, Duration.ofMinutes(1));
        auth.pass(Duration.ofMinutes(1));
        assertPending(auth.relay, 2, Duration.ofMinutes(2));
        outbox.revoke("three");
        auth.relay.step();
        assertPending(auth.relay, 3, Duration.ofMinutes(2));
        auth.invalidations.open();
        auth.relay.step();
        assertPending(auth.relay, 0, Duration.ZERO);
    }

    @Test
    void remainderIsCountedAfterTheFirstBatch() {
        IntStream.range(0, 501).forEach(i -> outbox.revoke("reason " + i));
        auth.relay.step();
        assertThat(auth.relay.pending().count(), is(1L));
        auth.relay.step();
        assertThat(auth.relay.pending().count(), is(0L));
    }

    /** The number is unknown then, which must not look like an empty outbox. */
    @Test
    void countStaysWhileTheDatabaseIsUnavailable() {
        auth.invalidations.close();
        outbox.revoke("one");
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
            outbox.revoke("reason " + i);
            relay.publish();
        }
        auth.pass(Duration.ofSeconds(7));
        assertPending(relay, 3, Duration.ofSeconds(7));
        relay.step();
        assertPending(relay, 0, Duration.ZERO);
    }
}

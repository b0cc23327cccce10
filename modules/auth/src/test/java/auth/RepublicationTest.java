package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

/** What a hub whose log is in memory publishes again after a restart. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RepublicationTest {

    private static final Republication DAY = newest(Duration.ofHours(24), 1000);

    private final TestOutbox outbox;
    private final TestAuth auth;

    RepublicationTest(TestDatabase kind) {
        outbox = new TestOutbox(kind);
        auth = outbox.auth;
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    private static Republication newest(Duration retention, int maxEntries) {
        return new Republication(retention, maxEntries, Long.MAX_VALUE, revocation -> 1);
    }

    /** The newest revocations whose reasons have at most this many characters together. */
    private static Republication asMuchAs(long characters) {
        return new Republication(
                Duration.ofHours(24),
                100_000,
                characters,
                revocation -> revocation.reason().length());
    }

    @Test
    void revocationsAreRepublishedUnchangedAfterARestart() {
        outbox.revoke("one", "two");
        auth.relay.step();
        auth.invalidations.close();
        outbox.revoke("three");
        auth.relay.step();
        auth.invalidations.open();
        auth.pass(Duration.ofHours(1)); // the invalidations must keep their time
        Relay next = auth.nextRelay();
        next.republish(DAY);
        assertThat(outbox.publishedReasons(), is(List.of("one", "two", "one", "two", "three")));
        assertThat(
                auth.invalidations.published().get(2),
                is(auth.invalidations.published().get(0)));
        assertThat(
                auth.invalidations.published().stream()
                        .map(RecordingInvalidator.Invalidation::revokedAt)
                        .toList()
                        .subList(2, 5),
                is(auth.rows().stream().map(Revocation::revokedAt).toList()));
        next.step();
        assertThat("republished revocations are marked", outbox.publishedReasons(), hasSize(5));
    }

    @Test
    void moreThanABatchIsRepublished() {
        IntStream.range(0, 1000).forEach(i -> outbox.revoke("reason " + i));
        auth.nextRelay().republish(DAY);
        assertThat(outbox.publishedReasons(), hasSize(1000));
        auth.nextRelay().republish(DAY);
        assertThat(
                outbox.publishedReasons().subList(1000, 2000),
                is(outbox.publishedReasons().subList(0, 1000)));
    }

    @Test
    void newestAndAllUnpublishedRevocationsAreRepublished() {
        auth.invalidations.close();
        outbox.revoke("unpublished");
        outbox.sessions.revokeAll(UUID.randomUUID(), RevocationContext.of("published"));
        auth.invalidations.open();
        List<Revocation> rows = auth.rows();
        auth.revocations.markPublished(rows.subList(1, 2)); // and not the first, older one
        outbox.revoke("one", "two", "three");
        auth.revocations.markPublished(auth.rows().subList(2, 5));
        auth.nextRelay().republish(newest(Duration.ofHours(24), 2));
        assertThat(outbox.publishedReasons(), is(List.of("unpublished", "two", "three")));
    }

    @Test
    void newestRevocationsThatFitAreRepublished() {
        auth.invalidations.close();
        outbox.revoke("1", "22", "333", "4444");
        auth.invalidations.open();
        auth.relay.step();
        assertThat(outbox.publishedReasons(), hasSize(4));
        for (int room = 0; room <= 11; room++) {
            int before = outbox.publishedReasons().size();
            auth.nextRelay().republish(asMuchAs(room));
            int fitting = room < 4 + 3 ? 1 : room < 4 + 3 + 2 ? 2 : room < 4 + 3 + 2 + 1 ? 3 : 4; // at least one
            List<String> republished = outbox.publishedReasons()
                    .subList(before, outbox.publishedReasons().size());
            assertThat("in " + room, republished, is(outbox.publishedReasons().subList(4 - fitting, 4)));
        }
    }

    @Test
    void revocationsThatFitAreFoundAcrossPages() {
        IntStream.range(0, 1100).forEach(i -> outbox.revoke("reason " + (1000 + i)));
        auth.revocations.markPublished(auth.rows());
        for (int fitting : List.of(499, 500, 501, 1000, 1001)) {
            int before = outbox.publishedReasons().size();
            auth.nextRelay().republish(asMuchAs(11L * fitting + 10));
            assertThat(outbox.publishedReasons().size() - before, is(fitting));
            assertThat(outbox.publishedReasons().get(before), is("reason " + (2100 - fitting)));
            assertThat(outbox.publishedReasons().getLast(), is("reason 2099"));
        }
    }

    @Test
    void oldAndExpiredRevocationsAreNotRepublished() {
        outbox.revoke("old");
        Session brief = auth.withTtl(Duration.ofHours(30)).open(outbox.user, null);
        auth.pass(Duration.ofHours(25));
        outbox.sessions.revoke(brief.id(), RevocationContext.of("expires"));
        outbox.revoke("young");
        auth.relay.step();
        auth.pass(Duration.ofHours(25));
        auth.nextRelay().republish(newest(Duration.ofHours(26), 10));
        assertThat(outbox.publishedReasons(), is(List.of("old", "expires", "young", "young")));
    }

    /** A gateway may not have noticed that the session has expired. */
    @Test
    void revocationOfAnExpiredSessionIsRepublishedForADay() {
        Session brief = auth.withTtl(Duration.ofHours(1)).open(outbox.user, null);
        auth.pass(Duration.ofHours(2));
        outbox.sessions.revoke(brief.id(), RevocationContext.of("expired"));
        auth.relay.step();
        auth.pass(Duration.ofHours(23));
        auth.nextRelay().republish(DAY);
        assertThat(outbox.publishedReasons(), is(List.of("expired", "expired")));
    }
}

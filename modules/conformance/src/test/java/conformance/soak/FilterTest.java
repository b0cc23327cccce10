package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import push.protocol.v1.Interest;

class FilterTest {

    private static final String USER = "ffbe64a4-dbba-58b8-a95c-1dddc95c971b";

    private static Filter filter(Interest.Builder interest) {
        return new Filter(interest.build());
    }

    /** Users and their shards, from the contract's test vectors. */
    @ParameterizedTest
    @CsvSource({
        "ffbe64a4-dbba-58b8-a95c-1dddc95c971b, 1, 2",
        "ffbe64a4-dbba-58b8-a95c-1dddc95c971b, 59, 64",
        "d35a2a2a-d1d1-55ed-90a7-348c3da59deb, 5, 7",
        "1e5f1a27-4c4e-5b84-b4dd-5227b40c755d, 36, 64",
        "8e366a8d-6e18-50fd-98d9-2efd6d246b24, 1, 7"
    })
    void eachUserMatchesExactlyOneShard(String user, int shard, int count) {
        for (int other = 0; other < count; other++) {
            Filter filter = filter(Interest.newBuilder().setShard(other).setShardCount(count));
            assertThat(filter.matchesInvalidation(user), is(other == shard));
            assertThat(filter.matchesClientEvent(user, "mail"), is(other == shard));
        }
    }

    @Test
    void fieldsAreAndedAndInvalidationsIgnoreKinds() {
        Filter filter = filter(Interest.newBuilder().addUserIds(USER).addKinds("mail"));
        assertThat(filter.matchesClientEvent(USER, "mail"), is(true));
        assertThat(filter.matchesClientEvent(USER, "chat"), is(false));
        assertThat(filter.matchesClientEvent("another", "mail"), is(false));
        assertThat(filter.matchesInvalidation(USER), is(true));
        assertThat(filter.matchesInvalidation("another"), is(false));
        assertThat(filter.matchesAll(), is(false));
    }

    @Test
    void anEmptyInterestMatchesEverything() {
        assertThat(Filter.EVERYTHING.matchesAll(), is(true));
        assertThat(Filter.EVERYTHING.matchesClientEvent(USER, "mail"), is(true));
        assertThat(Filter.EVERYTHING.matchesInvalidation(USER), is(true));
    }
}

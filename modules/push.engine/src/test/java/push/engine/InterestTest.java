package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import push.api.Event;

class InterestTest {

    private static final List<UUID> USERS = List.of(TestEvents.USER, new UUID(1, 1), new UUID(1, 2));
    private static final List<String> KINDS = List.of("a", "b");
    private static final long MOST_SHARDS = 4_294_967_295L;

    /** The vectors with which gateways in other languages check their own shards. */
    private static final Path VECTORS = Path.of("../../docs/shards.json");

    private static Interest of(long shard, long shardCount) {
        return new Interest(Set.of(), Set.of(), shard, shardCount);
    }

    private static Entry entry(Event event) {
        return new Entry("e", 1, Instant.EPOCH, 0, event, new NoWireFormat());
    }

    private static <T> List<Set<T>> subsets(List<T> of) {
        List<Set<T>> subsets = new ArrayList<>();
        for (int pattern = 0; pattern < 1 << of.size(); pattern++) {
            Set<T> subset = new HashSet<>();
            for (int i = 0; i < of.size(); i++) {
                if ((pattern >> i & 1) == 1) {
                    subset.add(of.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }

    @Test
    void everyComponentFilters() {
        for (Set<UUID> users : subsets(USERS)) {
            for (Set<String> kinds : subsets(KINDS)) {
                for (long shardCount = 0; shardCount <= 3; shardCount++) {
                    for (long shard = 0; shard < Math.max(1, shardCount); shard++) {
                        hold(new Interest(users, kinds, shard, shardCount));
                    }
                }
            }
        }
    }

    private static void hold(Interest interest) {
        for (UUID user : USERS) {
            boolean userWanted = interest.users().isEmpty() || interest.users().contains(user);
            boolean shardWanted =
                    interest.shardCount() == 0 || Shards.hash(user) % interest.shardCount() == interest.shard();
            boolean wanted = userWanted && shardWanted;
            assertThat(interest + " " + user, interest.isForShard(Shards.hash(user)), is(shardWanted));
            assertThat(interest.matches(entry(TestEvents.invalidation(user, null))), is(wanted));
            for (String kind : KINDS) {
                boolean kindWanted =
                        interest.kinds().isEmpty() || interest.kinds().contains(kind);
                boolean matches = interest.matches(entry(TestEvents.event(user, kind)));
                assertThat(interest + " " + user + " " + kind, matches, is(wanted && kindWanted));
            }
        }
        boolean leavesNothingOut =
                interest.users().isEmpty() && interest.kinds().isEmpty() && interest.shardCount() < 2;
        assertThat(interest.toString(), interest.isAll(), is(leavesNothingOut));
    }

    @Test
    void anEmptyInterestMatchesEverything() {
        assertThat(Interest.ALL, is(of(0, 0)));
        assertThat(Interest.ALL.isAll(), is(true));
    }

    @Test
    void anInterestCopiesItsSets() {
        Set<UUID> users = new HashSet<>(Set.of(USERS.get(0)));
        Set<String> kinds = new HashSet<>(Set.of("a"));
        Interest interest = new Interest(users, kinds, 0, 0);
        users.clear();
        kinds.clear();
        assertThat(interest, is(new Interest(Set.of(USERS.get(0)), Set.of("a"), 0, 0)));
    }

    @Test
    void aBlankKindIsRefused() {
        for (String blank : List.of("", " ", "\t\n")) {
            refused("interest.kinds must not be blank", Set.of("a", blank), 0, 0);
        }
    }

    @Test
    void shardCountIsAnUnsignedNumberOf32Bits() {
        assertThat(of(0, MOST_SHARDS).shardCount(), is(MOST_SHARDS));
        refused("interest.shard_count must be 0 to 4294967295, but was 4294967296", Set.of(), 0, MOST_SHARDS + 1);
        refused("interest.shard_count must be 0 to 4294967295, but was -1", Set.of(), 0, -1);
    }

    @Test
    void shardIsBelowItsCount() {
        for (long shardCount = 0; shardCount <= 4; shardCount++) {
            for (long shard = -2; shard <= 5; shard++) {
                if (shard >= 0 && (shard < shardCount || shard == 0)) {
                    assertThat(of(shard, shardCount).shard(), is(shard));
                } else {
                    refused(
                            "interest.shard must be below interest.shard_count, but was " + shard + " of " + shardCount,
                            Set.of(),
                            shard,
                            shardCount);
                }
            }
        }
        assertThat(of(MOST_SHARDS - 1, MOST_SHARDS).shard(), is(MOST_SHARDS - 1));
    }

    private static void refused(String message, Set<String> kinds, long shard, long shardCount) {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> new Interest(Set.of(), kinds, shard, shardCount));
        assertThat(refused.getMessage(), is(message));
    }

    @Test
    void shardsAreThoseOfTheOfficialVectors() throws IOException {
        String json = Files.readString(VECTORS);
        Pattern vector = Pattern.compile("\"user_id\": \"([-0-9a-f]{36})\",\\s*\"crc32c\": (\\d+),"
                + "\\s*\"shard_of_2\": (\\d+),\\s*\"shard_of_7\": (\\d+),\\s*\"shard_of_64\": (\\d+)");
        List<MatchResult> vectors = vector.matcher(json).results().toList();
        long named = Pattern.compile("\"user_id\":").matcher(json).results().count();
        assertThat(named, is(greaterThan(0L)));
        assertThat((long) vectors.size(), is(named));
        for (MatchResult found : vectors) {
            UUID user = UUID.fromString(found.group(1));
            assertThat(Shards.hash(user), is(Long.parseLong(found.group(2))));
            assertThat(entry(TestEvents.event(user, "a")).userHash(), is(Shards.hash(user)));
            exactlyOneShardMatches(user, 2, found.group(3));
            exactlyOneShardMatches(user, 7, found.group(4));
            exactlyOneShardMatches(user, 64, found.group(5));
        }
    }

    private static void exactlyOneShardMatches(UUID user, long shardCount, String expected) {
        Entry event = entry(TestEvents.event(user, "a"));
        for (long shard = 0; shard < shardCount; shard++) {
            boolean its = shard == Long.parseLong(expected);
            assertThat(of(shard, shardCount).isForShard(Shards.hash(user)), is(its));
            assertThat(of(shard, shardCount).matches(event), is(its));
        }
    }

    @Test
    void theVectorsUseStandardCrc32c() throws IOException {
        Matcher check =
                Pattern.compile("\"text\": \"(\\d+)\",\\s*\"crc32c\": (\\d+)").matcher(Files.readString(VECTORS));
        assertThat(check.find(), is(true));
        CRC32C crc = new CRC32C();
        for (char digit : check.group(1).toCharArray()) {
            crc.update(digit);
        }
        assertThat(crc.getValue(), is(Long.parseLong(check.group(2))));
        assertThat(crc.getValue(), is(0xE3069283L)); // of "123456789", with RFC 3720's polynomial
    }

    @Test
    void anInterestHasAtMost256Kinds() {
        Set<String> kinds = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            kinds.add("k" + i);
        }
        assertThat(new Interest(Set.of(), kinds, 0, 0).kinds(), is(kinds));
        kinds.add("one more");
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Interest(Set.of(), kinds, 0, 0));
        assertThat(refused.getMessage(), is("interest.kinds must be at most 256, and were 257"));
    }

    /** With linear probing this would take five billion comparisons on the dispatcher's thread. */
    @Test
    @Timeout(20)
    void usersWithTheSameHashAreDistinguishedQuickly() {
        Set<UUID> users = new HashSet<>();
        for (long i = 0; i < 50_000; i++) {
            users.add(new UUID(i, i)); // the halves cancel each other out in the hash
        }
        assertThat(users.stream().map(UUID::hashCode).distinct().toList(), is(List.of(0)));
        Interest interest = new Interest(users, Set.of(), 0, 0);
        for (int i = 0; i < 200_000; i++) {
            assertThat(interest.users().contains(new UUID(50_000 + i, 50_000 + i)), is(false));
        }
    }
}

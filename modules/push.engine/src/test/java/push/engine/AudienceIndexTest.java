package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import push.api.Event;

class AudienceIndexTest {

    private static final long PROMISED = 258_048;
    private static final long PAGE = 4_096;

    private static final List<UUID> USERS = List.of(new UUID(1, 2), new UUID(1, 3), new UUID(4, 3));
    private static final List<String> KINDS = List.of("a", "b");

    private static final List<Interest> INTERESTS = interests();

    private static List<Interest> interests() {
        List<Interest> interests = new ArrayList<>();
        for (Set<UUID> users : List.of(Set.<UUID>of(), Set.of(USERS.get(0)), Set.of(USERS.get(1), USERS.get(2)))) {
            for (Set<String> kinds : List.of(Set.<String>of(), Set.of("a"), Set.of("a", "b"), Set.of("c"))) {
                interests.add(new Interest(users, kinds, 0, 0));
                interests.add(new Interest(users, kinds, 0, 2));
                interests.add(new Interest(users, kinds, 1, 2));
            }
        }
        return interests;
    }

    private static Event event(long sequence) {
        UUID user = USERS.get((int) (sequence % 3));
        return sequence % 7 < 2
                ? TestEvents.invalidation(user, null)
                : TestEvents.event(user, KINDS.get((int) (sequence % 2)));
    }

    @Test
    void matchesEachEventAsTheEventItselfDoes() {
        AudienceIndex audience = new AudienceIndex();
        long last = 2 * PAGE + 100;
        for (long sequence = 1; sequence <= last; sequence++) {
            audience.add(sequence, event(sequence));
        }
        for (long sequence = 1; sequence <= last; sequence++) {
            // Around the ends of pages, and samples in between.
            if (sequence % PAGE < 50 || sequence % PAGE > PAGE - 50 || sequence % 101 == 0) {
                same(audience, new Entry("e", sequence, Instant.EPOCH, 0, event(sequence), new NoWireFormat()));
            }
        }
    }

    private static void same(AudienceIndex audience, Entry entry) {
        long sequence = entry.sequence();
        assertThat(audience.knows(sequence), is(true));
        for (Interest interest : INTERESTS) {
            boolean matches = interest.matches(entry);
            assertThat(
                    sequence + " " + interest,
                    audience.isClientEventFor(sequence, interest),
                    is(matches && !entry.isInvalidation()));
            assertThat(
                    sequence + " " + interest,
                    audience.isInvalidationFor(sequence, interest),
                    is(matches && entry.isInvalidation()));
        }
    }

    @Test
    void aKindWithTheHashMinusOneIsNotAnInvalidation() {
        String kind = "zsjpxag";
        assertThat(kind.hashCode(), is(-1));
        AudienceIndex audience = new AudienceIndex();
        audience.add(1, TestEvents.event(USERS.get(0), kind));
        Interest onlyThis = new Interest(Set.of(), Set.of(kind), 0, 0);
        Interest another = new Interest(Set.of(), Set.of("a"), 0, 0);
        assertThat(audience.isClientEventFor(1, onlyThis), is(true));
        assertThat(audience.isInvalidationFor(1, onlyThis), is(false));
        assertThat(audience.isClientEventFor(1, another), is(false));
    }

    @Test
    void kindsWithTheSameHashAreDistinguished() {
        List<String> kinds = List.of("mail-Aa", "mail-BB");
        assertThat(kinds.get(0).hashCode(), is(kinds.get(1).hashCode()));
        AudienceIndex audience = new AudienceIndex();
        audience.add(1, TestEvents.event(USERS.get(0), kinds.get(0)));
        audience.add(2, TestEvents.event(USERS.get(0), kinds.get(1)));
        for (int i = 0; i < 2; i++) {
            Interest onlyThis = new Interest(Set.of(), Set.of(kinds.get(i)), 0, 0);
            assertThat(audience.isClientEventFor(1, onlyThis), is(i == 0));
            assertThat(audience.isClientEventFor(2, onlyThis), is(i == 1));
        }
    }

    /** A text of eight letter pairs that all have the same hash, so that all these texts have one hash. */
    private static String textOfOneHash(int number) {
        StringBuilder kind = new StringBuilder();
        for (int bit = 0; bit < 8; bit++) {
            kind.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return kind.toString();
    }

    @Test
    @Timeout(20)
    void manyKindsWithTheSameHashAreDistinguishedQuickly() {
        AudienceIndex audience = new AudienceIndex();
        Set<String> even = new HashSet<>();
        for (int i = 0; i < 256; i += 2) {
            even.add(textOfOneHash(i));
        }
        assertThat(even.stream().map(String::hashCode).distinct().count(), is(1L));
        Interest interest = new Interest(Set.of(), even, 0, 0);
        for (int sequence = 1; sequence <= 100_000; sequence++) {
            audience.add(sequence, TestEvents.event(USERS.get(0), textOfOneHash(sequence % 256)));
        }
        for (int sequence = 1; sequence <= 100_000; sequence++) {
            assertThat(audience.isClientEventFor(sequence, interest), is(sequence % 2 == 0));
        }
    }

    @Test
    void aKindBeyondTheLimitOfAPageMatchesAnyKind() {
        AudienceIndex audience = new AudienceIndex();
        Interest another = new Interest(Set.of(USERS.get(0)), Set.of("another"), 0, 0);
        Interest ofOtherUser = new Interest(Set.of(USERS.get(1)), Set.of("another"), 0, 0);
        audience.add(1, TestEvents.event(USERS.get(0), "x".repeat(100_000)));
        audience.add(2, TestEvents.event(USERS.get(0), "y".repeat(100_000)));
        audience.add(3, TestEvents.event(USERS.get(0), "z"));
        audience.add(PAGE, TestEvents.event(USERS.get(0), "y".repeat(100_000)));
        assertThat(audience.isClientEventFor(1, another), is(false));
        assertThat(audience.isClientEventFor(2, another), is(true));
        assertThat(audience.isInvalidationFor(2, another), is(false));
        assertThat(audience.isClientEventFor(2, ofOtherUser), is(false));
        assertThat(audience.isClientEventFor(3, another), is(false));
        assertThat("the next page has room again", audience.isClientEventFor(PAGE, another), is(false));
    }

    @Test
    void aPageHasRoomForAThousandKinds() {
        AudienceIndex audience = new AudienceIndex();
        Interest another = new Interest(Set.of(), Set.of("another"), 0, 0);
        for (int sequence = 1; sequence <= 1000; sequence++) {
            audience.add(sequence, TestEvents.event(USERS.get(0), "kind number " + sequence));
        }
        for (int sequence = 1; sequence <= 1000; sequence++) {
            assertThat(audience.isClientEventFor(sequence, another), is(false));
            Interest its = new Interest(Set.of(), Set.of("kind number " + sequence), 0, 0);
            assertThat(audience.isClientEventFor(sequence, its), is(true));
        }
    }

    @Test
    void oldPagesAreDroppedAsAWhole() {
        AudienceIndex audience = new AudienceIndex();
        Interest unknownUser = new Interest(Set.of(new UUID(0, 1)), Set.of(), 0, 0);
        long last = PROMISED + 3 * PAGE;
        for (long head = 1; head <= last; head++) {
            audience.add(head, TestEvents.invalidation(USERS.get(0), null));
            if (head % PAGE < 2 || head % PAGE == PAGE - 1) {
                long newest = head;
                long oldestKnown = LongStream.rangeClosed(0, head / PAGE)
                        .map(page -> page * PAGE)
                        .filter(start -> audience.knows(start) || audience.knows(start + PAGE - 1))
                        .findFirst()
                        .orElseThrow();
                long known = newest - oldestKnown + 1;
                assertThat("all recent events are known at " + head, known >= Math.min(newest, PROMISED), is(true));
                assertThat("few older events are known at " + head, known <= PROMISED + PAGE, is(true));
                assertThat(audience.knows(oldestKnown) && audience.knows(newest), is(true));
                assertThat(audience.knows(oldestKnown - 1), is(false));
                assertThat(audience.isInvalidationFor(Math.max(1, oldestKnown), unknownUser), is(false));
                // A forgotten event may have been for any user, and of any kind.
                assertThat(audience.isInvalidationFor(oldestKnown - 1, unknownUser), is(true));
                assertThat(audience.isClientEventFor(oldestKnown - 1, unknownUser), is(true));
            }
        }
    }
}

package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/** Compares the ring with a map, for any order of the operations of its writer. */
class RingPropertyTest {

    private static final int MAX_CAPACITY = 16;

    @Property
    void holdsTheSameEntriesAsTheMap(@ForAll("lives") ActionChain<Life> life) {
        life.withInvariant(Life::check).run();
    }

    @Provide
    ActionChainArbitrary<Life> lives() {
        Action.Independent<Life> resize = () -> Arbitraries.of(1, 2, 4, 8, MAX_CAPACITY)
                .map(capacity -> Transformer.mutate("resize to " + capacity, life -> life.resize(capacity)));
        return ActionChain.startWith(Life::new)
                .withAction(6, Action.just(Transformer.mutate("put the next", Life::putNext)))
                .withAction(
                        2,
                        Action.<Life>when(life -> !life.held.isEmpty())
                                .describeAs("clear the oldest")
                                .justMutate(Life::clearOldest))
                .withAction(1, resize)
                .withMaxTransformations(64);
    }

    /** A ring, and the entries that it should hold. */
    static final class Life {

        private final NavigableMap<Long, Entry> held = new TreeMap<>();
        private Ring ring = new Ring(4);
        private long head = Integer.MAX_VALUE - 16L; // soon exceeds an int, the type of slot numbers

        void putNext() {
            head++;
            Entry entry = new Entry("e", head, Instant.EPOCH, 0, TestEvents.event(""), new NoWireFormat());
            ring.put(entry);
            held.put(head, entry);
            held.headMap(head - ring.capacity(), true).clear();
        }

        void clearOldest() {
            ring.clear(held.firstKey());
            held.pollFirstEntry();
        }

        void resize(int capacity) {
            held.headMap(head - capacity, true).clear();
            ring = ring.resized(capacity, held.isEmpty() ? head + 1 : held.firstKey(), head);
        }

        void check() {
            Map<Long, Entry> found = new HashMap<>();
            for (long sequence = head - 2 * MAX_CAPACITY; sequence <= head + 2 * MAX_CAPACITY; sequence++) {
                Entry entry = ring.get(sequence);
                if (entry != null) {
                    found.put(sequence, entry);
                }
            }
            assertThat(found, is(held));
        }
    }
}

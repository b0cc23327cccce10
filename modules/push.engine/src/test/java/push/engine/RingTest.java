package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RingTest {

    private static Entry entry(long sequence) {
        return new Entry("e", sequence, Instant.EPOCH, 0, TestEvents.event(""), new NoWireFormat());
    }

    @Test
    void keepsExactlyTheLastEntriesUpToItsCapacity() {
        for (int capacity = 1; capacity <= 16; capacity <<= 1) {
            Ring ring = new Ring(capacity);
            for (long last = 1; last <= 40; last++) {
                Entry newest = entry(last);
                ring.put(newest);
                for (long sequence = 1; sequence <= 45; sequence++) {
                    Entry found = ring.get(sequence);
                    boolean kept = sequence <= last && sequence > last - capacity;
                    assertThat("capacity " + capacity + ", last " + last + ", " + sequence, found != null, is(kept));
                    if (found != null) {
                        assertThat(found.sequence(), is(sequence));
                    }
                }
                assertThat(ring.get(last), is(sameInstance(newest)));
            }
        }
    }

    @Test
    void sequencesBeyondAnIntHaveTheirSlots() {
        Ring ring = new Ring(4);
        long beyond = (1L << 40) + 3;
        Entry entry = entry(beyond);
        ring.put(entry);
        assertThat(ring.get(beyond), is(sameInstance(entry)));
        assertThat(ring.get(3), is(nullValue()));
    }

    @Test
    void resizingKeepsTheGivenEntries() {
        Ring ring = new Ring(4);
        for (long sequence = 1; sequence <= 6; sequence++) {
            ring.put(entry(sequence));
        }
        Ring larger = ring.resized(8, 4, 6);
        assertThat(larger.capacity(), is(8));
        assertThat(larger.get(3), is(nullValue()));
        for (long sequence = 4; sequence <= 6; sequence++) {
            assertThat(larger.get(sequence), is(sameInstance(ring.get(sequence))));
        }
    }

    @Test
    void aClearedSlotIsEmpty() {
        Ring ring = new Ring(2);
        ring.put(entry(1));
        ring.clear(1);
        assertThat(ring.get(1), is(nullValue()));
    }

    @Test
    void capacityIsAPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new Ring(3));
        assertThrows(IllegalArgumentException.class, () -> new Ring(0));
    }
}

package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import push.engine.RecentEvents.Span;

class OpeningTest {

    private static final Span SPAN = new Span(11, 20);

    private static Opening decide(String cursor) {
        return Opening.decide(cursor, "now", SPAN);
    }

    @Test
    void everySequenceIsUnderstoodAsWhatItIs() {
        for (long sequence = 0; sequence <= 30; sequence++) {
            Opening expected;
            if (sequence > 20) {
                expected = new Opening(Resume.FUTURE, 20);
            } else if (sequence >= 10) { // 10 itself is gone, but nothing after it is
                expected = new Opening(Resume.RESUMED, sequence);
            } else {
                expected = new Opening(Resume.STALE, 20);
            }
            assertThat("sequence " + sequence, decide("now-" + sequence), is(expected));
        }
    }

    @Test
    void noCursorStartsAtTheLiveTail() {
        assertThat(decide(""), is(new Opening(Resume.FRESH, 20)));
    }

    @Test
    void otherEpochIsNeverTakenForThisOne() {
        assertThat(decide("then-15"), is(new Opening(Resume.OTHER_EPOCH, 20)));
    }

    @Test
    void garbageStartsAtTheLiveTail() {
        assertThat(decide("garbage"), is(new Opening(Resume.MALFORMED, 20)));
    }

    @Test
    void earliestStartsBeforeTheOldest() {
        assertThat(Opening.earliest(SPAN), is(new Opening(Resume.FRESH, 10)));
    }

    @Test
    void emptyLogResumesFromItsHead() {
        Span expired = new Span(21, 20);
        assertThat(Opening.decide("now-20", "now", expired), is(new Opening(Resume.RESUMED, 20)));
        assertThat(Opening.decide("now-19", "now", expired), is(new Opening(Resume.STALE, 20)));
        assertThat(Opening.earliest(expired), is(new Opening(Resume.FRESH, 20)));
    }
}

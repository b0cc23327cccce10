package benchmarks.fanout;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class TallyTest {

    private final Latencies latencies = new Latencies();
    private final Tally tally = new Tally(latencies);
    private final Stamp stamp = new Stamp(100);

    private void arrive(long... numbers) {
        for (long number : numbers) {
            byte[] payload = stamp.payload(Stamp.now(), Stamp.FIRST + number);
            tally.arrived(payload, 0, payload.length);
        }
    }

    @Test
    void eventsInOrderAreReceived() {
        arrive(0, 1, 2);
        assertThat(tally.received(), is(3L));
        assertThat(tally.next(), is(Stamp.FIRST + 3));
        assertThat(tally.missing(Stamp.FIRST + 3), is(0L));
    }

    @Test
    void skippedAndOutstandingEventsAreMissing() {
        arrive(0, 3, 4);
        assertThat(tally.received(), is(3L));
        assertThat(tally.missing(Stamp.FIRST + 7), is(2L + 2L));
    }

    @Test
    void repeatedEventsAreCountedSeparately() {
        arrive(0, 1, 1, 0);
        assertThat(tally.received(), is(2L));
        assertThat(tally.repeated(), is(2L));
        assertThat(tally.missing(Stamp.FIRST + 2), is(0L));
    }

    @Test
    void countingCanRestartAtAnyEvent() {
        arrive(0, 5);
        tally.begin(Stamp.FIRST + 8);
        arrive(8);
        assertThat(tally.received(), is(1L));
        assertThat(tally.missing(Stamp.FIRST + 9), is(0L));
    }

    @Test
    void latenciesAreRecordedOnlyIfWanted() {
        arrive(0);
        latencies.want(true);
        arrive(1, 2);
        var taken = latencies.take();
        assertThat(taken.getTotalCount(), is(2L));
        assertThat(taken.getMinValue(), is(greaterThanOrEqualTo(0L)));
    }
}

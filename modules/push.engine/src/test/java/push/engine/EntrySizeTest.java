package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Payload;
import push.api.SessionInvalidation;

class EntrySizeTest {

    private static final String EMOJI = "😀";

    private static int sizeOf(Event event) {
        return new Entry("e", 1, Instant.EPOCH, 0, event, new NoWireFormat()).heapBytes();
    }

    private static int sizeOf(String reason) {
        return sizeOf(new SessionInvalidation(TestEvents.USER, null, reason, ""));
    }

    private static int sizeOfKind(String kind) {
        return sizeOf(TestEvents.event(TestEvents.USER, kind));
    }

    @Test
    void aReasonOf1024EmojiIsFourKibibytes() {
        assertThat(sizeOf(EMOJI.repeat(1025 + 1024)) - sizeOf(EMOJI.repeat(1025)), is(4096));
    }

    /** A character of three bytes in UTF-8 takes two bytes on the heap. The larger form counts. */
    @Test
    void theLargerFormCounts() {
        assertThat(sizeOf("€".repeat(2048)) - sizeOf("€".repeat(1024)), is(3072));
        assertThat(sizeOf("é".repeat(2048)) - sizeOf("é".repeat(1024)), is(2048));
        assertThat(sizeOf("e".repeat(2048)) - sizeOf("e".repeat(1024)), is(1024));
    }

    @Test
    void aKindCountsTwiceBecauseItIsStoredTwice() {
        assertThat(sizeOfKind("k".repeat(2048)) - sizeOfKind("k".repeat(1024)), is(2 * 1024));
        assertThat(sizeOfKind("€".repeat(2048)) - sizeOfKind("€".repeat(1024)), is((2 + 3) * 1024));
    }

    @Test
    void aTraceContextCountsTwiceBecauseItIsStoredTwice() {
        Event event = TestEvents.event("");
        assertThat(
                sizeOf(event.withTraceparent("t".repeat(2048))) - sizeOf(event.withTraceparent("t".repeat(1024))),
                is(2 * 1024));
    }

    @Test
    void everyTextCounts() {
        String more = "m".repeat(1024);
        String much = more + more;
        Payload payload = Payload.of(Map.of());
        Payload large = Payload.of(Map.of("x", more));
        int base = sizeOf(client("k", large, more, more, more));
        assertThat(sizeOf(client("k", large, much, more, more)), is(base + 1024));
        assertThat(sizeOf(client("k", large, more, much, more)), is(base + 1024));
        assertThat(sizeOf(client("k", large, more, more, much)), is(base + 1024));
        int difference = base - sizeOf(client("k", payload, more, more, more));
        assertThat(Math.abs(difference - (large.size() - payload.size())), is(lessThanOrEqualTo(7)));
    }

    private static ClientEvent client(String kind, Payload payload, String id, String request, String trace) {
        return new ClientEvent(TestEvents.USER, null, kind, payload, id, request, trace);
    }
}

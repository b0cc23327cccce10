package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final Transcript transcript = new Transcript();

    private List<String> read() {
        List<String> all = new ArrayList<>();
        transcript.readTo(new Transcript.Reader() {
            @Override
            public void clientEvent(long sequence, int fingerprint) {
                all.add("client event " + sequence + " " + fingerprint);
            }

            @Override
            public void invalidation(long sequence, long fingerprint) {
                all.add("invalidation " + sequence + " " + fingerprint);
            }

            @Override
            public void note(Note note) {
                all.add(note.toString());
            }
        });
        return all;
    }

    @Test
    void readsEntriesInOrder() {
        transcript.note(new Note.Heartbeat(3));
        transcript.clientEvent(Transcript.SEQUENCE_LIMIT - 1, -1);
        transcript.clientEvent(0, Integer.MIN_VALUE);
        transcript.invalidation(Transcript.SEQUENCE_LIMIT - 1, Long.MIN_VALUE);
        transcript.invalidation(7, -1);
        transcript.note(new Note.GoAway(Note.NONE));
        assertThat(
                read(),
                is(List.of(
                        "Heartbeat[cursor=3]",
                        "client event 1073741823 -1",
                        "client event 0 -2147483648",
                        "invalidation 1073741823 -9223372036854775808",
                        "invalidation 7 -1",
                        "GoAway[cursor=-1]")));
    }

    @Test
    void growsAsNeeded() {
        List<String> expected = new ArrayList<>();
        for (int sequence = 1; sequence <= 10_000; sequence++) {
            transcript.invalidation(sequence, ~sequence);
            expected.add("invalidation " + sequence + " " + ~sequence);
        }
        assertThat(read(), is(expected));
    }
}

package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.Gap;
import push.protocol.v1.Heartbeat;
import push.protocol.v1.Notice;
import push.protocol.v1.Opened;
import push.protocol.v1.PushEvent;
import push.protocol.v1.SessionInvalidation;

class RecorderTest {

    private final Transcript transcript = new Transcript();
    private final Recorder recorder = new Recorder(new Epoch("e"), transcript);

    private List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        transcript.readTo(new Transcript.Reader() {
            @Override
            public void note(Note note) {
                notes.add(note);
            }
        });
        return notes;
    }

    private static PushEvent notice(String cursor, Notice.Builder notice) {
        return PushEvent.newBuilder().setCursor(cursor).setNotice(notice).build();
    }

    private static Notice.Builder gap(String from, String to) {
        return Notice.newBuilder()
                .setGap(Gap.newBuilder()
                        .setFromCursor(from)
                        .setToCursor(to)
                        .setMissed(3)
                        .setInvalidationsMissed(true));
    }

    @Test
    void fingerprintsIdentifyEvents() {
        ClientEvent event = ClientEvent.newBuilder().setUserId("u").setKind("k").build();
        SessionInvalidation invalidation = SessionInvalidation.newBuilder()
                .setUserId("u")
                .setDeviceSessionId("s")
                .setReason("r")
                .build();
        long first = recorder.record(
                PushEvent.newBuilder().setCursor("e-5").setClientEvent(event).build());
        recorder.record(PushEvent.newBuilder()
                .setCursor("e-6")
                .setSessionInvalidation(invalidation)
                .build());
        assertThat(first, is(5L));
        List<Long> read = new ArrayList<>();
        transcript.readTo(new Transcript.Reader() {
            @Override
            public void clientEvent(long sequence, int fingerprint) {
                read.addAll(List.of(sequence, (long) fingerprint));
            }

            @Override
            public void invalidation(long sequence, long fingerprint) {
                read.addAll(List.of(sequence, fingerprint));
            }
        });
        assertThat(read, is(List.of(5L, (long) Fingerprint.of(event), 6L, Fingerprint.of("u", "s", "r"))));
    }

    @Test
    void noticesBecomeNotes() {
        recorder.record(
                notice("", Notice.newBuilder().setOpened(Opened.newBuilder().setResume(Opened.Resume.STALE))));
        recorder.record(notice("e-2", gap("e-2", "e-9")));
        recorder.record(notice("e-9", Notice.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance())));
        assertThat(
                notes(),
                is(List.of(
                        new Note.Opened(Note.NONE, Opened.Resume.STALE),
                        new Note.Gap(2, 2, 9, 3, true),
                        new Note.Heartbeat(9))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e", "e-", "-5", "f-5", "ee-5", "e-x", "e--1", "e-1073741824", "e-9999999999999999999"})
    void eventWithoutACursorOfThisEpochIsUnreadable(String cursor) {
        recorder.record(PushEvent.newBuilder()
                .setCursor(cursor)
                .setClientEvent(ClientEvent.getDefaultInstance())
                .build());
        assertThat(notes(), is(List.of(new Note.Unreadable("the cursor \"" + cursor + "\""))));
    }

    @Test
    void messagesOutsideTheContractAreUnreadable() {
        recorder.record(PushEvent.newBuilder().setCursor("e-1").build());
        recorder.record(notice("e-1", Notice.newBuilder()));
        recorder.record(notice("", Notice.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance())));
        recorder.record(notice("e-1", gap("e-5", "e-4")));
        recorder.record(notice("e-1", gap("f-1", "e-4")));
        assertThat(notes().size(), is(5));
        notes().forEach(note -> assertThat(note, instanceOf(Note.Unreadable.class)));
    }
}

package conformance.soak;

import push.protocol.v1.Gap;
import push.protocol.v1.Notice;
import push.protocol.v1.PushEvent;

/** Writes the received messages into a transcript. */
final class Recorder {

    private final Epoch epoch;
    private final Transcript transcript;

    Recorder(Epoch epoch, Transcript transcript) {
        this.epoch = epoch;
        this.transcript = transcript;
    }

    /** Records a message, and returns its sequence, or {@link Note#NONE} if it has none. */
    long record(PushEvent event) {
        long sequence = epoch.sequence(event.getCursor());
        boolean noticeWithoutCursor = event.hasNotice() && event.getCursor().isEmpty();
        if (sequence == Note.NONE && !noticeWithoutCursor) {
            transcript.note(new Note.Unreadable("the cursor \"" + event.getCursor() + "\""));
            return sequence;
        }
        switch (event.getKindCase()) {
            case CLIENT_EVENT -> transcript.clientEvent(sequence, Fingerprint.of(event.getClientEvent()));
            case SESSION_INVALIDATION ->
                transcript.invalidation(sequence, Fingerprint.of(event.getSessionInvalidation()));
            case NOTICE -> transcript.note(note(sequence, event.getNotice()));
            case KIND_NOT_SET -> transcript.note(new Note.Unreadable("an event without a kind at " + sequence));
        }
        return sequence;
    }

    private Note note(long cursor, Notice notice) {
        return switch (notice.getNoticeCase()) {
            case OPENED -> new Note.Opened(cursor, notice.getOpened().getResume());
            case HEARTBEAT ->
                cursor == Note.NONE ? new Note.Unreadable("a heartbeat without a cursor") : new Note.Heartbeat(cursor);
            case GAP -> gap(cursor, notice.getGap());
            case GO_AWAY -> new Note.GoAway(cursor);
            case NOTICE_NOT_SET -> new Note.Unreadable("a notice without a kind");
        };
    }

    private Note gap(long cursor, Gap gap) {
        long from = epoch.sequence(gap.getFromCursor());
        long to = epoch.sequence(gap.getToCursor());
        if (from == Note.NONE || to < from) {
            return new Note.Unreadable("a gap from \"%s\" to \"%s\"".formatted(gap.getFromCursor(), gap.getToCursor()));
        }
        return new Note.Gap(cursor, from, to, gap.getMissed(), gap.getInvalidationsMissed());
    }
}

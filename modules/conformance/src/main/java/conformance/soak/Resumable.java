package conformance.soak;

import io.grpc.Status;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.Opened.Resume;

/**
 * Any cursor is safe to resume from. The first notice to a subscriber has the outcome of its cursor: resumed, or stale,
 * followed by the gap. No event precedes an earlier cursor of its connection, and no cursor is ahead of an event that
 * has not been delivered. Streams end only with the connection, or because they stalled.
 */
final class Resumable implements Promise {

    @Override
    public void check(Run run, Findings findings) {
        for (Seen seen : run.seen()) {
            seen.transcript().readTo(new Connections(seen, run.published(), findings));
        }
    }

    private static final class Connections implements Transcript.Reader {

        private final Seen seen;
        private final BitSet due;
        private final Findings findings;
        private final Account account = new Account();
        private boolean reconnected;
        private boolean mustOpen;
        private boolean mustReportGap;
        private long cursor = Note.NONE;
        private long accounted;

        Connections(Seen seen, Published published, Findings findings) {
            this.seen = seen;
            this.due = published.clientEventsFor(seen.filter());
            this.findings = findings;
        }

        @Override
        public void clientEvent(long sequence, int fingerprint) {
            event(sequence);
            account.clientEvent(sequence, fingerprint);
        }

        @Override
        public void invalidation(long sequence, long fingerprint) {
            event(sequence);
            account.invalidation(sequence, fingerprint);
        }

        private void event(long sequence) {
            message(null, "the event " + sequence);
            if (sequence <= cursor) {
                found("received %d, although %d was safe to resume from".formatted(sequence, cursor));
            }
            cursor = sequence;
        }

        @Override
        public void note(Note note) {
            account.note(note);
            switch (note) {
                case Note.Connected connected -> {
                    reconnected = cursor != Note.NONE;
                    mustOpen = seen.profile().notices();
                    mustReportGap = false;
                    cursor = connected.cursor();
                }
                case Note.Ended(Status status) -> {
                    if (!isOfTheNetwork(status) && status.getCode() != Status.Code.UNAVAILABLE) {
                        found("was ended with " + status);
                    }
                }
                case Note.Unreadable unreadable -> message(unreadable, unreadable.what());
                default -> notice(note);
            }
        }

        /**
         * The client reports UNKNOWN if the connection breaks while it is established. A status of the hub has no
         * cause.
         */
        private static boolean isOfTheNetwork(Status status) {
            return status.getCause() instanceof IOException;
        }

        private void notice(Note notice) {
            if (!seen.profile().notices()) {
                found("did not want notices, but received " + notice);
            }
            message(notice, notice.toString());
            if (notice instanceof Note.Opened(long at, Resume resume)) {
                opened(resume, at);
            }
            if (notice.cursor() != Note.NONE) {
                passes(notice, notice.cursor());
            }
        }

        private void opened(Resume resume, long at) {
            mustReportGap = resume == Resume.STALE;
            boolean expected = switch (resume) {
                case RESUMED -> true;
                case STALE -> reconnected;
                case FRESH -> !reconnected;
                default -> false;
            };
            if (!expected) {
                found("resumed from %d as %s, which is not allowed (the cursor of Opened is %d)"
                        .formatted(cursor, resume, at));
            }
        }

        /** Checks the first message of a connection, and the message that follows a stale cursor. */
        private void message(@Nullable Note note, String what) {
            boolean opened = note instanceof Note.Opened;
            if (mustOpen != opened) {
                found((mustOpen ? "expected Opened first, but received " : "received Opened again: ") + what);
            }
            if (mustReportGap && !(note instanceof Note.Gap)) {
                found("was stale, but instead of the gap the next message was: " + what);
            }
            mustOpen = false;
            mustReportGap = false;
        }

        private void passes(Note notice, long to) {
            if (to < cursor) {
                found("went back from %d with %s".formatted(cursor, notice));
            }
            cursor = to;
            for (int i = due.nextSetBit((int) accounted + 1); i >= 0 && i <= to; i = due.nextSetBit(i + 1)) {
                if (!account.accountsFor(i)) {
                    found("received %s before %d, which was not delivered yet".formatted(notice, i));
                }
            }
            accounted = Math.max(accounted, to);
        }

        private void found(String what) {
            findings.add(seen.id() + " " + what);
        }
    }
}

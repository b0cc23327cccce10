package conformance.soak;

import io.grpc.Status;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.Opened.Resume;

/**
 * Any cursor is safe to resume from, and a subscriber with notices is told first how its own was understood: as
 * resumed, or as stale, and then of the gap. No event comes that lies before a cursor of its connection, and no cursor
 * runs ahead of an event that is still to come. Streams end only with the connection, or because they stalled.
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
        private boolean mustTellGap;
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
                found("got %d, though %d was safe to resume from".formatted(sequence, cursor));
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
                    mustTellGap = false;
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

        /** The client says UNKNOWN where the connection went while it was being made. No hub's status has a cause. */
        private static boolean isOfTheNetwork(Status status) {
            return status.getCause() instanceof IOException;
        }

        private void notice(Note notice) {
            if (!seen.profile().notices()) {
                found("did not want notices and saw " + notice);
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
            mustTellGap = resume == Resume.STALE;
            boolean expected = switch (resume) {
                case RESUMED -> true;
                case STALE -> reconnected;
                case FRESH -> !reconnected;
                default -> false;
            };
            if (!expected) {
                found("resumed from %d as %s, which it should not have (the answer's cursor is %d)"
                        .formatted(cursor, resume, at));
            }
        }

        /** What comes first on a connection is a promise of its own, and so is what follows a stale cursor. */
        private void message(@Nullable Note note, String what) {
            boolean opened = note instanceof Note.Opened;
            if (mustOpen != opened) {
                found((mustOpen ? "was not told first how it resumed, but got " : "was told again how it resumed: ")
                        + what);
            }
            if (mustTellGap && !(note instanceof Note.Gap)) {
                found("was stale, but the gap was not what came next: " + what);
            }
            mustOpen = false;
            mustTellGap = false;
        }

        private void passes(Note notice, long to) {
            if (to < cursor) {
                found("went back from %d with %s".formatted(cursor, notice));
            }
            cursor = to;
            for (int i = due.nextSetBit((int) accounted + 1); i >= 0 && i <= to; i = due.nextSetBit(i + 1)) {
                if (!account.accountsFor(i)) {
                    found("saw %s before %d, which it has still to get".formatted(notice, i));
                }
            }
            accounted = Math.max(accounted, to);
        }

        private void found(String what) {
            findings.add(seen.id() + " " + what);
        }
    }
}

package conformance.soak;

import conformance.soak.Published.Revocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last invalidation of each user and session reaches every subscriber whose interest includes that user, whatever
 * happens to the connections of the subscriber, unless a gap reports that invalidations are missing there.
 */
final class InvalidationsSurvive implements Promise {

    @Override
    public void check(Run run, Findings findings) {
        Map<Long, Long> sequences = new HashMap<>();
        for (Seen seen : run.seen()) {
            seen.transcript().readTo(new Transcript.Reader() {
                @Override
                public void invalidation(long sequence, long fingerprint) {
                    sequences.put(fingerprint, sequence);
                }
            });
        }
        Collection<Revocation> last = run.published().lastRevocations();
        for (Seen seen : run.seen()) {
            Received received = new Received();
            seen.transcript().readTo(received);
            for (Revocation revocation : last) {
                boolean due = seen.filter().matchesInvalidation(revocation.user());
                long sequence = sequences.getOrDefault(revocation.fingerprint(), Note.NONE);
                if (due && !received.orGapReports(revocation.fingerprint(), sequence)) {
                    findings.add("%s lost the invalidation of %s at %d without a report"
                            .formatted(seen.id(), revocation, sequence));
                }
            }
        }
    }

    private static final class Received implements Transcript.Reader {

        private final Set<Long> invalidations = new HashSet<>();
        private final List<Note.Gap> losses = new ArrayList<>();

        @Override
        public void invalidation(long sequence, long fingerprint) {
            invalidations.add(fingerprint);
        }

        @Override
        public void note(Note note) {
            if (note instanceof Note.Gap gap && gap.invalidationsMissed()) {
                losses.add(gap);
            }
        }

        boolean orGapReports(long fingerprint, long sequence) {
            return invalidations.contains(fingerprint)
                    || losses.stream().anyMatch(gap -> gap.from() < sequence && sequence <= gap.to());
        }
    }
}

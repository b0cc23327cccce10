package conformance.soak;

import conformance.soak.Published.Revocation;
import java.util.HashSet;
import java.util.Set;

/**
 * Faults of other subscribers do not affect a steady one: it has one connection, no gap and no missing event. If the
 * hub has room for all events, no subscriber loses any.
 */
final class Isolated implements Promise {

    @Override
    public void check(Run run, Findings findings) {
        for (Seen seen : run.seen()) {
            if (run.mustReceiveAll(seen)) {
                Witness witness = new Witness(seen, findings);
                seen.transcript().readTo(witness);
                complete(seen, witness, run.published(), findings);
            }
        }
    }

    private static void complete(Seen seen, Witness witness, Published published, Findings findings) {
        Filter filter = seen.filter();
        published.clientEventsFor(filter).stream()
                .filter(sequence -> !witness.account.hasReceived(sequence))
                .forEach(sequence -> findings.add("%s did not receive %d".formatted(seen.id(), sequence)));
        for (Revocation revocation : published.revocations()) {
            if (filter.matchesInvalidation(revocation.user())
                    && !witness.invalidations.contains(revocation.fingerprint())) {
                findings.add("%s did not receive the invalidation of %s".formatted(seen.id(), revocation));
            }
        }
    }

    private static final class Witness implements Transcript.Reader {

        private final Account account = new Account();
        private final Set<Long> invalidations = new HashSet<>();
        private final Seen seen;
        private final Findings findings;

        Witness(Seen seen, Findings findings) {
            this.seen = seen;
            this.findings = findings;
        }

        @Override
        public void clientEvent(long sequence, int fingerprint) {
            account.clientEvent(sequence, fingerprint);
        }

        @Override
        public void invalidation(long sequence, long fingerprint) {
            invalidations.add(fingerprint);
        }

        @Override
        public void note(Note note) {
            boolean disturbed = note instanceof Note.Gap
                    || (note instanceof Note.Ended && seen.profile().steady());
            if (disturbed) {
                findings.add("%s received %s".formatted(seen.id(), note));
            }
        }
    }
}

package conformance.soak;

import conformance.soak.Published.Revocation;
import java.util.HashSet;
import java.util.Set;

/** Nothing comes that a subscriber's interest leaves out. */
final class Interested implements Promise {

    @Override
    public void check(Run run, Findings findings) {
        for (Seen seen : run.seen()) {
            Filter filter = seen.filter();
            if (!filter.takesAll()) {
                seen.transcript().readTo(new Matching(seen.id(), filter, run.published(), findings));
            }
        }
    }

    private static final class Matching implements Transcript.Reader {

        private final String id;
        private final Filter filter;
        private final Published published;
        private final Set<Long> unwanted = new HashSet<>();
        private final Findings findings;

        Matching(String id, Filter filter, Published published, Findings findings) {
            this.id = id;
            this.filter = filter;
            this.published = published;
            this.findings = findings;
            for (Revocation revocation : published.revocations()) {
                if (!filter.takesInvalidation(revocation.user())) {
                    unwanted.add(revocation.fingerprint());
                }
            }
        }

        @Override
        public void clientEvent(long sequence, int fingerprint) {
            Published.ClientEvent event = published.clientEvent(sequence);
            if (event != null && !filter.takesClientEvent(event.user(), event.kind())) {
                findings.add("%s got %d, %s of %s".formatted(id, sequence, event.kind(), event.user()));
            }
        }

        @Override
        public void invalidation(long sequence, long fingerprint) {
            if (unwanted.contains(fingerprint)) {
                findings.add("%s got the invalidation %d of another user".formatted(id, sequence));
            }
        }
    }
}

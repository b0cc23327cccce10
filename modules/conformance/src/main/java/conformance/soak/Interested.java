package conformance.soak;

import conformance.soak.Published.Revocation;
import java.util.HashSet;
import java.util.Set;

/** A subscriber gets no event outside its interest. */
final class Interested implements Promise {

    @Override
    public void check(Run run, Findings findings) {
        for (Seen seen : run.seen()) {
            Filter filter = seen.filter();
            if (!filter.matchesAll()) {
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
                if (!filter.matchesInvalidation(revocation.user())) {
                    unwanted.add(revocation.fingerprint());
                }
            }
        }

        @Override
        public void clientEvent(long sequence, int fingerprint) {
            Published.ClientEvent event = published.clientEvent(sequence);
            if (event != null && !filter.matchesClientEvent(event.user(), event.kind())) {
                findings.add("%s received %d, %s of %s".formatted(id, sequence, event.kind(), event.user()));
            }
        }

        @Override
        public void invalidation(long sequence, long fingerprint) {
            if (unwanted.contains(fingerprint)) {
                findings.add("%s received the invalidation %d of another user".formatted(id, sequence));
            }
        }
    }
}

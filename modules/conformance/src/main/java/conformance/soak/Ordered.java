package conformance.soak;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All subscribers see one order: sequences have no holes, each sequence is the same event for all subscribers and its
 * publisher, and sequences ascend on one connection.
 */
final class Ordered implements Promise {

    @Override
    public void check(Run run, Findings findings) {
        Published published = run.published();
        int events = published.clientEvents() + published.revocations().size();
        if (published.head() != events) {
            findings.add("the log ends with %d, but %d events were published".formatted(published.head(), events));
        }
        Identities identities = new Identities(published);
        for (Seen seen : run.seen()) {
            seen.transcript().readTo(new Connections(seen.id(), identities, findings));
        }
    }

    /** The event of each sequence. */
    private static final class Identities {

        private final Published published;
        private final Set<Long> revocations;
        private final Map<Long, Long> invalidations = new HashMap<>();

        Identities(Published published) {
            this.published = published;
            this.revocations = published.revocations().stream()
                    .map(Published.Revocation::fingerprint)
                    .collect(Collectors.toCollection(HashSet::new));
        }

        boolean isClientEvent(long sequence, int fingerprint) {
            Published.ClientEvent event = published.clientEvent(sequence);
            return event != null && event.fingerprint() == fingerprint;
        }

        /**
         * A publisher of invalidations gets no cursor, so the first subscriber that receives one determines its
         * sequence.
         */
        boolean isInvalidation(long sequence, long fingerprint) {
            Long known = invalidations.putIfAbsent(sequence, fingerprint);
            return revocations.contains(fingerprint)
                    && published.clientEvent(sequence) == null
                    && (known == null || known == fingerprint);
        }
    }

    private static final class Connections implements Transcript.Reader {

        private final String id;
        private final Identities identities;
        private final Findings findings;
        private long last;

        Connections(String id, Identities identities, Findings findings) {
            this.id = id;
            this.identities = identities;
            this.findings = findings;
        }

        @Override
        public void clientEvent(long sequence, int fingerprint) {
            ascends(sequence);
            if (!identities.isClientEvent(sequence, fingerprint)) {
                findings.add("%s received a client event at %d that was not published there".formatted(id, sequence));
            }
        }

        @Override
        public void invalidation(long sequence, long fingerprint) {
            ascends(sequence);
            if (!identities.isInvalidation(sequence, fingerprint)) {
                findings.add("%s received an invalidation at %d that differs from that of others, or was not published"
                        .formatted(id, sequence));
            }
        }

        @Override
        public void note(Note note) {
            if (note instanceof Note.Connected) {
                last = Note.NONE;
            }
            if (note instanceof Note.Unreadable(String what)) {
                findings.add("%s received %s".formatted(id, what));
            }
        }

        private void ascends(long sequence) {
            if (sequence <= last) {
                findings.add("%s received %d after %d on one connection".formatted(id, sequence, last));
            }
            last = sequence;
        }
    }
}

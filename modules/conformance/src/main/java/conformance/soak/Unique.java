package conformance.soak;

import java.util.BitSet;

/** No event comes twice to one subscriber, over all its connections: each of them resumes from the last cursor seen. */
final class Unique implements Promise {

    @Override
    public void check(Run run, Findings findings) {
        for (Seen seen : run.seen()) {
            BitSet sequences = new BitSet();
            seen.transcript().readTo(new Transcript.Reader() {
                @Override
                public void clientEvent(long sequence, int fingerprint) {
                    once(sequence);
                }

                @Override
                public void invalidation(long sequence, long fingerprint) {
                    once(sequence);
                }

                private void once(long sequence) {
                    if (sequences.get((int) sequence)) {
                        findings.add("%s got %d twice".formatted(seen.id(), sequence));
                    }
                    sequences.set((int) sequence);
                }
            });
        }
    }
}

package conformance.soak;

import java.util.BitSet;

/** No subscriber gets an event twice over all its connections, each of which resumes from the last cursor. */
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
                        findings.add("%s received %d twice".formatted(seen.id(), sequence));
                    }
                    sequences.set((int) sequence);
                }
            });
        }
    }
}

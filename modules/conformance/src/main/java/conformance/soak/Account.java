package conformance.soak;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which client events one subscriber has received, and which it has been told that it will not. Grows as the
 * transcript is read to it.
 *
 * <p>Where the connection was cut before the cursor had passed a gap, only what lies up to the cursor counts as told:
 * the subscriber resumes from there, so the rest must come, or be told again.
 */
final class Account implements Transcript.Reader {

    private final BitSet received = new BitSet();
    private final BitSet told = new BitSet();
    private final List<Note.Gap> open = new ArrayList<>();
    private final List<Note.Gap> passed = new ArrayList<>();
    private long cursor;

    /** At the end of a transcript. */
    static Account of(Transcript transcript) {
        Account account = new Account();
        transcript.readTo(account);
        account.settle();
        return account;
    }

    @Override
    public void clientEvent(long sequence, int fingerprint) {
        received.set((int) sequence);
        cursor = sequence;
    }

    @Override
    public void invalidation(long sequence, long fingerprint) {
        cursor = sequence;
    }

    @Override
    public void note(Note note) {
        if (note instanceof Note.Connected) {
            settle();
        }
        if (note instanceof Note.Gap gap) {
            told.set((int) gap.from() + 1, (int) gap.to() + 1);
            open.add(gap);
        }
        if (note.cursor() != Note.NONE) {
            cursor = note.cursor();
        }
    }

    private void settle() {
        for (Note.Gap gap : open) {
            if (gap.to() <= cursor) {
                passed.add(gap);
            } else {
                told.clear((int) Math.max(gap.from(), cursor) + 1, (int) gap.to() + 1);
            }
        }
        open.clear();
    }

    boolean accountsFor(int sequence) {
        return received.get(sequence) || told.get(sequence);
    }

    boolean hasReceived(int sequence) {
        return received.get(sequence);
    }

    /** The gaps whose end the cursor has reached, each one once. */
    List<Note.Gap> passedGaps() {
        return passed;
    }

    /** Of these sequences, those above {@code from}, up to and including {@code to}, that were not received. */
    long notReceived(BitSet sequences, long from, long to) {
        BitSet missing = sequences.get((int) from + 1, (int) to + 1);
        missing.andNot(received.get((int) from + 1, (int) to + 1));
        return missing.cardinality();
    }
}

package conformance.soak;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The client events that one subscriber has received, and those that a gap reported as missed. It is filled by reading
 * a transcript.
 *
 * <p>If a connection is cut before the cursor has passed a gap, only the events up to the cursor count as reported: the
 * subscriber resumes from there, so the hub must deliver the rest, or report it again.
 */
final class Account implements Transcript.Reader {

    private final BitSet received = new BitSet();
    private final BitSet reported = new BitSet();
    private final List<Note.Gap> open = new ArrayList<>();
    private final List<Note.Gap> passed = new ArrayList<>();
    private long cursor;

    /** The account after a complete transcript. */
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
            reported.set((int) gap.from() + 1, (int) gap.to() + 1);
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
                reported.clear((int) Math.max(gap.from(), cursor) + 1, (int) gap.to() + 1);
            }
        }
        open.clear();
    }

    boolean accountsFor(int sequence) {
        return received.get(sequence) || reported.get(sequence);
    }

    boolean hasReceived(int sequence) {
        return received.get(sequence);
    }

    /** The gaps whose end the cursor has reached, without duplicates. */
    List<Note.Gap> passedGaps() {
        return passed;
    }

    /** How many of these sequences above {@code from}, up to and including {@code to}, were not received. */
    long notReceived(BitSet sequences, long from, long to) {
        BitSet missing = sequences.get((int) from + 1, (int) to + 1);
        missing.andNot(received.get((int) from + 1, (int) to + 1));
        return missing.cardinality();
    }
}

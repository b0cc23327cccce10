package conformance.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that one subscriber received over all its connections, in order. An event takes one or two numbers,
 * because recording must cost almost nothing. Not thread-safe.
 */
final class Transcript {

    /** The first sequence that does not fit into an entry. */
    static final long SEQUENCE_LIMIT = 1L << 30;

    // The two highest bits are the kind of the entry, the next 30 the sequence, the lowest 32 the fingerprint.
    private static final int KIND_SHIFT = 62;
    private static final long CLIENT_EVENT = 0;
    private static final long INVALIDATION = 1;
    private static final long NOTE = 2;

    private final Longs words = new Longs();
    private final List<Note> notes = new ArrayList<>();

    /** Receives all entries in order. */
    interface Reader {

        default void clientEvent(long sequence, int fingerprint) {}

        default void invalidation(long sequence, long fingerprint) {}

        default void note(Note note) {}
    }

    void clientEvent(long sequence, int fingerprint) {
        words.add(CLIENT_EVENT << KIND_SHIFT | sequence << Integer.SIZE | Integer.toUnsignedLong(fingerprint));
    }

    void invalidation(long sequence, long fingerprint) {
        words.add(INVALIDATION << KIND_SHIFT | sequence << Integer.SIZE);
        words.add(fingerprint);
    }

    void note(Note note) {
        words.add(NOTE << KIND_SHIFT | notes.size());
        notes.add(note);
    }

    void readTo(Reader reader) {
        for (int i = 0; i < words.size(); i++) {
            long word = words.get(i);
            long sequence = word >>> Integer.SIZE & (SEQUENCE_LIMIT - 1);
            long kind = word >>> KIND_SHIFT;
            if (kind == CLIENT_EVENT) {
                reader.clientEvent(sequence, (int) word);
            } else if (kind == INVALIDATION) {
                i++;
                reader.invalidation(sequence, words.get(i));
            } else {
                reader.note(notes.get((int) word));
            }
        }
    }
}

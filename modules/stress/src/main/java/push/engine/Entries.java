package push.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.SessionInvalidation;

/** The entries that the stress tests put into a ring, and the checks of the entries that they find. */
final class Entries {

    static final long NONE = 0;
    static final long INCOMPLETE = -1;

    private static final SessionInvalidation EVENT = new SessionInvalidation(new UUID(1, 1), null, "", "");

    private Entries() {}

    static Entry entry(long sequence) {
        return new Entry("e", sequence, Instant.EPOCH, sequence, EVENT, new NoWireFormat());
    }

    /** Returns the sequence of the entry that was found, {@link #NONE} or {@link #INCOMPLETE}. */
    static long seen(@Nullable Entry found) {
        if (found == null) {
            return NONE;
        }
        boolean whole = found.appendedNanos() == found.sequence() && found.heapBytes() > 0;
        return whole ? found.sequence() : INCOMPLETE;
    }
}

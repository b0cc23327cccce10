package conformance.soak;

import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that was published, as its publishers know it. */
final class Published {

    private final long head;
    /** The client events, indexed by sequence. */
    private final @Nullable ClientEvent[] clientEvents;

    private final int clientEventCount;
    private final List<Revocation> revocations;

    /** A client event, with the sequence of the cursor that its publisher got. */
    record ClientEvent(long sequence, String user, String kind, int fingerprint) {}

    /** A revocation; its publisher gets no cursor. Without a session, it revokes all sessions of the user. */
    record Revocation(String user, String session, long fingerprint) {

        @Override
        public String toString() {
            return user + "/" + session;
        }
    }

    /**
     * @param head the last sequence of the log
     * @param revocations the revocations; those of one user and session are in their order
     */
    Published(long head, List<ClientEvent> clientEvents, List<Revocation> revocations) {
        this.head = head;
        this.revocations = List.copyOf(revocations);
        this.clientEventCount = clientEvents.size();
        this.clientEvents = new ClientEvent[(int) head + 1];
        for (ClientEvent event : clientEvents) {
            int sequence = (int) event.sequence();
            if (sequence > head || this.clientEvents[sequence] != null) {
                throw new AssertionError("a publisher got %d, which is past the head %d or belongs to another event"
                        .formatted(sequence, head));
            }
            this.clientEvents[sequence] = event;
        }
    }

    long head() {
        return head;
    }

    int clientEvents() {
        return clientEventCount;
    }

    /** The client event of that sequence; null if there is none. */
    @Nullable
    ClientEvent clientEvent(long sequence) {
        return sequence < clientEvents.length ? clientEvents[(int) sequence] : null;
    }

    /** The sequences of all client events that the filter matches. */
    BitSet clientEventsFor(Filter filter) {
        BitSet sequences = new BitSet();
        for (ClientEvent event : clientEvents) {
            if (event != null && filter.matchesClientEvent(event.user(), event.kind())) {
                sequences.set((int) event.sequence());
            }
        }
        return sequences;
    }

    List<Revocation> revocations() {
        return revocations;
    }

    /** The last revocation of each user and session, which must not be lost. */
    Collection<Revocation> lastRevocations() {
        Map<String, Revocation> last = new LinkedHashMap<>();
        for (Revocation revocation : revocations) {
            last.put(revocation.toString(), revocation);
        }
        return last.values();
    }
}

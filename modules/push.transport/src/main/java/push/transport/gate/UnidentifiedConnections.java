package push.transport.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that have not sent a complete request head or HTTP/2 preface yet, by age and by network. Not
 * thread-safe.
 */
final class UnidentifiedConnections {

    private final Set<AdmittedConnection> all = new LinkedHashSet<>(); // the oldest first
    private final Map<Network, Deque<AdmittedConnection>> byNetwork = new HashMap<>();

    /** Adds a connection, which must be younger than all others. */
    void add(AdmittedConnection connection) {
        all.add(connection);
        byNetwork.computeIfAbsent(connection.network, any -> new ArrayDeque<>()).addLast(connection);
    }

    /** Removes a connection: it is identified now, or it has ended. Does nothing if it was removed before. */
    void remove(AdmittedConnection connection) {
        if (!all.remove(connection)) {
            return;
        }
        Deque<AdmittedConnection> neighbours = byNetwork.get(connection.network);
        if (neighbours != null && neighbours.remove(connection) && neighbours.isEmpty()) {
            byNetwork.remove(connection.network);
        }
    }

    /** The oldest connection; null if there is none. */
    @Nullable
    AdmittedConnection oldest() {
        Iterator<AdmittedConnection> oldest = all.iterator();
        return oldest.hasNext() ? oldest.next() : null;
    }

    /** The oldest connection of a network that has at least this many; null if the network has fewer. */
    @Nullable
    AdmittedConnection oldestOf(Network network, int atLeast) {
        Deque<AdmittedConnection> neighbours = byNetwork.get(network);
        return neighbours == null || neighbours.size() < atLeast ? null : neighbours.peekFirst();
    }

    /** The connections that are at least this old, in nanoseconds. */
    List<AdmittedConnection> olderThan(long ageNanos, long now) {
        List<AdmittedConnection> old = new ArrayList<>();
        for (AdmittedConnection connection : all) {
            if (now - connection.acceptedAt < ageNanos) {
                break; // the following ones are younger
            }
            old.add(connection);
        }
        return old;
    }

    int size() {
        return all.size();
    }

    /** The number of networks that have such connections. */
    int networks() {
        return byNetwork.size();
    }
}

package push.transport;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What hangs on one connection, and has to be told of its end. Safe for any thread but for {@link #tellOfWindows}. */
final class ConnectionStreams {

    private final List<PushStream> streams = new CopyOnWriteArrayList<>();
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    // Only the connection's own thread uses it.
    private int turn;

    void add(PushStream stream) {
        streams.add(stream);
        if (closed) {
            stream.disconnected(); // it may have come too late for closed()
        }
    }

    void remove(PushStream stream) {
        streams.remove(stream);
    }

    /** Has a thread that waits for the rest of a request, though it is answered, interrupted when none can come. */
    void interruptAtEnd(Thread thread) {
        waiting.removeIf(other -> !other.isAlive()); // Helidon says nothing when the rest has come
        waiting.add(thread);
        if (closed) {
            thread.interrupt();
        }
    }

    int count() {
        return streams.size();
    }

    void look(long now, StreamLimits limits) {
        for (PushStream stream : streams) {
            stream.look(now, limits);
        }
    }

    /** Has those that wait for a window look again, another one first each time: it may leave nothing to the others. */
    void tellOfWindows() {
        PushStream[] all = streams.toArray(new PushStream[0]);
        turn++;
        for (int i = 0; i < all.length; i++) {
            all[Integer.remainderUnsigned(turn + i, all.length)].windowMayHaveGrown();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** There is no connection any more. */
    void closed() {
        closed = true;
        streams.forEach(PushStream::disconnected);
        streams.clear();
        waiting.forEach(Thread::interrupt);
    }
}

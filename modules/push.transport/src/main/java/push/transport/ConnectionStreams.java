package push.transport;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** What hangs on one connection, and has to be told of its end. Safe for any thread. */
final class ConnectionStreams {

    private final List<PushStream> streams = new CopyOnWriteArrayList<>();
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean used;
    private volatile long lastLeft;
    private volatile boolean closed;

    void add(PushStream stream) {
        used = true;
        streams.add(stream);
        if (closed) {
            stream.disconnected(); // it may have come too late for closed()
        }
    }

    void remove(PushStream stream) {
        lastLeft = System.nanoTime(); // before: whoever sees that there is none sees since when
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

    /** Whether there is, or has been, any. */
    boolean everHadAny() {
        return used;
    }

    /** For how many nanoseconds there has been none; without a bound where there never was any. */
    long idleNanos(long now) {
        if (!used) {
            return Long.MAX_VALUE;
        }
        return streams.isEmpty() ? now - lastLeft : 0;
    }

    int count() {
        return streams.size();
    }

    void look(long now, StreamLimits limits) {
        for (PushStream stream : streams) {
            stream.look(now, limits);
        }
    }

    /** Has those that wait for a window look again, any of them first: it may leave nothing to the others. */
    void tellOfWindows() {
        PushStream[] all = streams.toArray(new PushStream[0]);
        int first = all.length < 2 ? 0 : ThreadLocalRandom.current().nextInt(all.length);
        for (int i = 0; i < all.length; i++) {
            all[(first + i) % all.length].windowMayHaveGrown();
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

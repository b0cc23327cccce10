package push.transport.gate;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What hangs on one connection, and has to be told of its end. Safe for any thread. */
public final class ConnectionStreams {

    private final List<GatedStream> streams = new CopyOnWriteArrayList<>();
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean used;
    private volatile long lastLeft;
    private volatile boolean closed;

    public void add(GatedStream stream) {
        used = true;
        streams.add(stream);
        if (closed) {
            stream.disconnected(); // it may have come too late for closed()
        }
    }

    public void remove(GatedStream stream) {
        lastLeft = System.nanoTime(); // before: whoever sees that there is none sees since when
        streams.remove(stream);
    }

    /** Has a thread that waits for the rest of a request, though it is answered, interrupted when none can come. */
    public void interruptAtEnd(Thread thread) {
        waiting.removeIf(other -> !other.isAlive()); // Helidon says nothing when the rest has come
        waiting.add(thread);
        if (closed) {
            thread.interrupt();
        }
    }

    /** Whether there is, or has been, any. */
    public boolean everHadAny() {
        return used;
    }

    /** For how many nanoseconds there has been none; without a bound where there never was any. */
    public long idleNanos(long now) {
        if (!used) {
            return Long.MAX_VALUE;
        }
        return streams.isEmpty() ? now - lastLeft : 0;
    }

    public int count() {
        return streams.size();
    }

    /**
     * Takes one of the places for streams that are served.
     *
     * @param places how many the connection has
     * @return whether there was one; then {@link #servedNoMore} gives it back
     */
    public boolean tryServe(int places) {
        return served.getAndUpdate(now -> now < places ? now + 1 : now) < places;
    }

    /** Gives a place back. */
    public void servedNoMore() {
        served.decrementAndGet();
    }

    public void look(long now) {
        for (GatedStream stream : streams) {
            stream.look(now);
        }
    }

    /** Has those that wait for a window look again, any of them first: it may leave nothing to the others. */
    public void tellOfWindows() {
        GatedStream[] all = streams.toArray(new GatedStream[0]);
        int first = all.length < 2 ? 0 : ThreadLocalRandom.current().nextInt(all.length);
        for (int i = 0; i < all.length; i++) {
            all[(first + i) % all.length].windowMayHaveGrown();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** There is no connection any more. */
    public void closed() {
        closed = true;
        streams.forEach(GatedStream::disconnected);
        streams.clear();
        waiting.forEach(Thread::interrupt);
    }
}

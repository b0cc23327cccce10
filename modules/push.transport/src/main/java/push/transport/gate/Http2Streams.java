package push.transport.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one connection and the windows that they share. This class owns that state; Helidon sees only a part
 * of it. Thread-safe; its monitor also guards each {@link GateStream}. No thread waits while it holds the monitor.
 */
final class Http2Streams {

    /**
     * Roughly the heap, in bytes, that a stream takes while it waits for its request or its response: its thread,
     * fields and queues.
     */
    private static final int BYTES_OF_A_STREAM = 10 << 10;

    /** How long an interrupted thread may take to end before it is interrupted again, in nanoseconds. */
    private static final long INTERRUPT_NANOS = 20_000_000;

    private final Map<Integer, GateStream> streams = new HashMap<>();
    private final List<GateStream> attached = new ArrayList<>();
    private final HeldBytes.Share held;
    private long sendWindow = Http2.INITIAL_WINDOW;
    private long initialSendWindow = Http2.INITIAL_WINDOW;
    private int last;
    private long quietSince;
    private boolean everHadAny;
    private boolean ended;
    private boolean nothingMoreIsHanded;
    private long windowsTaken;
    private long windowsOpened;

    Http2Streams(long now, HeldBytes.Share held) {
        this.held = held;
        quietSince = now;
    }

    /** The stream with this identifier; null if there is none, or if it has been forgotten. */
    synchronized @Nullable GateStream get(int id) {
        return streams.get(id);
    }

    /** Helidon has been given the end of a stream's request, or a reset. */
    synchronized void endHanded(int id) {
        GateStream stream = streams.get(id);
        if (stream != null) {
            stream.isEndHanded = true;
        }
    }

    /**
     * Notes that Helidon has submitted the task that serves this stream, and returns the stream; null if there is none.
     */
    synchronized @Nullable GateStream submitted(int id) {
        GateStream stream = streams.get(id);
        if (stream != null) {
            stream.isSubmitted = true;
        }
        return stream;
    }

    /** A thread begins to serve a stream; or, if {@code thread} is null, the thread has finished. */
    synchronized void servedBy(GateStream stream, @Nullable Thread thread) {
        stream.servedBy = thread;
        if (thread == null) {
            Thread.interrupted(); // the thread may run something else next
        } else if (nothingMoreIsHanded && waitsForFrames(stream)) {
            interrupt(stream);
        }
    }

    /**
     * Helidon gets no more frames: interrupts the threads that wait for frames, because nothing else wakes them. A
     * handler may swallow an interrupt, and then wait again, so a separate thread repeats the interrupts until all such
     * threads have ended. (The connection's own thread may itself be interrupted.) {@link #end} notifies push streams.
     */
    void endWaiting() {
        boolean any;
        synchronized (this) {
            nothingMoreIsHanded = true;
            any = interruptWaiting();
        }
        if (any) {
            Thread.ofVirtual().name("push-stream-ends").start(this::interruptUntilServed);
        }
    }

    private void interruptUntilServed() {
        do {
            LockSupport.parkNanos(this, INTERRUPT_NANOS);
        } while (interruptWaiting());
    }

    /** Interrupts the threads that wait for frames. Returns false if no thread waits for frames, or will. */
    private synchronized boolean interruptWaiting() {
        boolean any = false;
        for (GateStream stream : streams.values()) {
            if (waitsForFrames(stream)) {
                any = true;
                interrupt(stream);
            }
        }
        return any;
    }

    /**
     * Once its request is complete, an HTTP handler waits for no more frames. A gRPC call, such as a health watch,
     * waits until it is reset.
     */
    private static boolean waitsForFrames(GateStream stream) {
        boolean endsByReset = stream.isGrpc && stream.gated == null;
        return stream.isSubmitted && stream.isServed && (endsByReset || !stream.isEndHanded);
    }

    private static void interrupt(GateStream stream) {
        Thread thread = stream.servedBy;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The highest stream identifier that the peer has used. */
    synchronized int last() {
        return last;
    }

    synchronized boolean isOver(GateStream stream) {
        return stream.isOver();
    }

    synchronized int count() {
        return streams.size();
    }

    synchronized GateStream open(int id, boolean isGrpc, long bodyLeft, long now) {
        GateStream stream = new GateStream(this, id, isGrpc, bodyLeft, initialSendWindow, now);
        streams.put(id, stream);
        stream.heldBytes = BYTES_OF_A_STREAM;
        held.add(BYTES_OF_A_STREAM);
        return stream;
    }

    /**
     * Counts more bytes until the stream ends, or until they are {@linkplain #release released}; false, and counts
     * nothing, if there is no room for them.
     */
    synchronized boolean tryHold(GateStream stream, int bytes) {
        boolean free = held.tryAdd(bytes);
        if (free) {
            stream.heldBytes += bytes;
        }
        return free;
    }

    /** Stops counting the stream's memory: from now on another limit bounds it. */
    synchronized void release(GateStream stream) {
        held.add(-stream.heldBytes);
        stream.heldBytes = 0;
    }

    /** Notes that the peer has used a stream identifier, whether or not a stream was opened. */
    synchronized void used(int id) {
        last = id;
    }

    /** Forgets a stream if it is over, everything on it was sent, and no thread serves it. */
    synchronized void forgetIfDone(GateStream stream, long now) {
        if (stream.isOver() && !stream.isServed && stream.toSend.first() == null && streams.remove(stream.id) != null) {
            release(stream);
            if (streams.isEmpty()) {
                quietSince = now;
            }
        }
    }

    synchronized List<GateStream> all() {
        return List.copyOf(streams.values());
    }

    // What push streams use.

    void attach(GateStream stream, GatedStream gated) {
        boolean tooLate;
        synchronized (this) {
            everHadAny = true;
            stream.gated = gated;
            attached.add(stream);
            tooLate = ended;
        }
        if (tooLate) {
            gated.disconnected();
        }
    }

    synchronized void detach(GateStream stream) {
        attached.remove(stream);
    }

    /** The number of push streams. */
    synchronized int attached() {
        return attached.size();
    }

    /** Whether there is, or has been, any push stream. */
    synchronized boolean everHadAny() {
        return everHadAny;
    }

    private synchronized List<GatedStream> gated() {
        List<GatedStream> gated = new ArrayList<>(attached.size());
        for (GateStream stream : attached) {
            if (stream.gated != null) {
                gated.add(stream.gated);
            }
        }
        return gated;
    }

    void look(long now) {
        gated().forEach(stream -> stream.look(now));
    }

    /** How long there has been no stream, in nanoseconds; 0 while there is one. */
    synchronized long quietNanos(long now) {
        return streams.isEmpty() ? now - quietSince : 0;
    }

    // Windows.

    synchronized long sendable(GateStream stream) {
        return stream.isReset ? 0 : Math.min(sendWindow, stream.sendWindow);
    }

    synchronized int reserve(GateStream stream, int wanted) {
        int granted = (int) Math.min(wanted, sendable(stream));
        if (granted <= 0) {
            return 0;
        }
        take(stream, granted);
        return granted;
    }

    synchronized boolean reserveAll(GateStream stream, int wanted) {
        if (sendable(stream) < wanted) {
            return false;
        }
        take(stream, wanted);
        return true;
    }

    private void take(GateStream stream, int bytes) {
        windowsTaken++;
        sendWindow -= bytes;
        stream.sendWindow -= bytes;
    }

    /**
     * Counts a WINDOW_UPDATE of the peer. A peer may send one for each of the two windows each time that the hub has
     * reserved bytes in them.
     *
     * @return false if the peer sends more of them
     */
    synchronized boolean mayOpenWindow() {
        boolean may = windowsOpened < 2 * windowsTaken;
        if (may) {
            windowsOpened++;
        }
        return may;
    }

    /** The peer opens the connection's window; false if that makes the window too large. */
    boolean grow(int increment) {
        synchronized (this) {
            if (sendWindow + increment > Http2.MAX_WINDOW) {
                return false;
            }
            sendWindow += increment;
        }
        // Start at a random stream: the first one may leave nothing to the others.
        List<GatedStream> all = gated();
        int first = all.size() < 2 ? 0 : ThreadLocalRandom.current().nextInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get((first + i) % all.size()).windowMayHaveGrown();
        }
        return true;
    }

    /** The peer opens a stream's window; false if that makes the window too large. */
    boolean grow(GateStream stream, int increment) {
        GatedStream gated;
        synchronized (this) {
            if (stream.sendWindow + increment > Http2.MAX_WINDOW) {
                return false;
            }
            stream.sendWindow += increment;
            gated = stream.gated;
        }
        if (gated != null) {
            gated.windowMayHaveGrown();
        }
        return true;
    }

    /**
     * The peer changes the initial window size, and with it the windows of all streams; false if one gets too large.
     */
    boolean initialSendWindow(long size) {
        synchronized (this) {
            long change = size - initialSendWindow;
            for (GateStream stream : streams.values()) {
                if (stream.sendWindow + change > Http2.MAX_WINDOW) {
                    return false;
                }
            }
            initialSendWindow = size;
            streams.values().forEach(stream -> stream.sendWindow += change);
        }
        gated().forEach(GatedStream::windowMayHaveGrown);
        return true;
    }

    // The end.

    synchronized boolean isEnded() {
        return ended;
    }

    /** The connection has ended: notifies all push streams. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        gated().forEach(GatedStream::disconnected);
    }
}

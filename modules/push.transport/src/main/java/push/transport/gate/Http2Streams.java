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
     * About what a stream that waits for its request or its answer takes on the heap: its thread, fields and queues.
     */
    private static final int BYTES_OF_A_STREAM = 10 << 10;

    /** How long an interrupt is given to end a thread before the next one. */
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

    /** The stream with this number; null when there is none, or when it has been forgotten. */
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

    /** A thread is asked for to serve the stream with this number; null when there is none. */
    synchronized @Nullable GateStream submitted(int id) {
        GateStream stream = streams.get(id);
        if (stream != null) {
            stream.isSubmitted = true;
        }
        return stream;
    }

    /** A thread begins to serve a stream; null: it has ended. */
    synchronized void servedBy(GateStream stream, @Nullable Thread thread) {
        stream.servedBy = thread;
        if (thread == null) {
            Thread.interrupted(); // it may run something else next
        } else if (nothingMoreIsHanded && waitsForFrames(stream)) {
            interrupt(stream);
        }
    }

    /**
     * Helidon gets no more frames: interrupts the threads that wait for some, as nothing else wakes them. A handler may
     * swallow an interrupt, and then wait again, so a thread of its own goes on until they have ended. (The
     * connection's thread may itself be interrupted.) Push streams are told by {@link #end}.
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

    /** Returns false when no thread waits for frames, or will. */
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
     * Once its request is complete, a handler of HTTP waits for no more frames; but a call of gRPC, such as a health
     * watch, waits until it is reset.
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

    /** The highest number of a stream that the peer has opened. */
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
     * Counts more bytes until the stream ends, or until they are {@linkplain #release released}; false when there is no
     * room for them.
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

    /** Notes that the peer has used a stream number, whether or not a stream was opened. */
    synchronized void used(int id) {
        last = id;
    }

    /** Forgets a stream that is over, of which everything was sent, and that no thread serves. */
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

    /** How many push streams there are. */
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

    /** For how many nanoseconds there has been no stream; 0 while there is one. */
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
     * @return false when the peer sends more of them
     */
    synchronized boolean mayOpenWindow() {
        boolean may = windowsOpened < 2 * windowsTaken;
        if (may) {
            windowsOpened++;
        }
        return may;
    }

    /** The peer opens the connection's window; false when that makes it too large. */
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

    /** The peer opens a stream's window; false when that makes it too large. */
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

    /** The peer changes the initial window, and with it all open windows; false when that makes a window too large. */
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

    /** Ends the connection for all streams. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        gated().forEach(GatedStream::disconnected);
    }
}

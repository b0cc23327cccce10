package push.transport.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one connection: which exist, how much memory they hold, and which of them are push streams. This class
 * owns that state; Helidon sees only a part of it. Thread-safe; its monitor also guards each {@link Http2Stream} and
 * the {@link SendWindows}. No thread waits while it holds the monitor.
 */
final class Http2Streams {

    /**
     * Roughly the heap, in bytes, that a stream takes while it waits for its request or its response: its thread,
     * fields and queues.
     */
    private static final int BYTES_OF_A_STREAM = 10 << 10;

    private final Map<Integer, Http2Stream> streams = new HashMap<>();
    private final List<Http2Stream> attached = new ArrayList<>();
    private final SendWindows windows = new SendWindows(this);
    private final HeldBytes.Account held;
    private int last;
    private long quietSince;
    private boolean everHadAny;
    private boolean ended;

    Http2Streams(long now, HeldBytes.Account held) {
        this.held = held;
        quietSince = now;
    }

    /** The send windows of the connection and of these streams. */
    SendWindows windows() {
        return windows;
    }

    /** The stream with this identifier; null if there is none, or if it has been forgotten. */
    synchronized @Nullable Http2Stream get(int id) {
        return streams.get(id);
    }

    synchronized List<Http2Stream> all() {
        return List.copyOf(streams.values());
    }

    synchronized int count() {
        return streams.size();
    }

    /** How long there has been no stream, in nanoseconds; 0 while there is one. */
    synchronized long quietNanos(long now) {
        return streams.isEmpty() ? now - quietSince : 0;
    }

    synchronized Http2Stream open(int id, boolean isGrpc, long bodyLeft, long now) {
        Http2Stream stream = new Http2Stream(this, id, isGrpc, bodyLeft, now);
        streams.put(id, stream);
        stream.heldBytes = BYTES_OF_A_STREAM;
        held.add(BYTES_OF_A_STREAM);
        return stream;
    }

    synchronized boolean isOver(Http2Stream stream) {
        return stream.isOver();
    }

    /** Forgets a stream if it is over, everything on it was sent, and no thread serves it. */
    synchronized void forgetIfDone(Http2Stream stream, long now) {
        if (stream.isOver() && !stream.isServed && stream.toSend.first() == null && streams.remove(stream.id) != null) {
            release(stream);
            if (streams.isEmpty()) {
                quietSince = now;
            }
        }
    }

    /** Notes that the peer has used a stream identifier, whether or not a stream was opened. */
    synchronized void used(int id) {
        last = id;
    }

    /** The highest stream identifier that the peer has used. */
    synchronized int last() {
        return last;
    }

    // Memory.

    /**
     * Counts more bytes until the stream ends, or until they are {@linkplain #release released}; false, and counts
     * nothing, if there is no room for them.
     */
    synchronized boolean tryHold(Http2Stream stream, int bytes) {
        boolean free = held.tryAdd(bytes);
        if (free) {
            stream.heldBytes += bytes;
        }
        return free;
    }

    /** Stops counting the stream's memory: from now on another limit bounds it. */
    synchronized void release(Http2Stream stream) {
        held.add(-stream.heldBytes);
        stream.heldBytes = 0;
    }

    // Push streams.

    void attach(Http2Stream stream, StreamListener listener) {
        boolean tooLate;
        synchronized (this) {
            everHadAny = true;
            stream.listener = listener;
            attached.add(stream);
            tooLate = ended;
        }
        if (tooLate) {
            listener.disconnected();
        }
    }

    synchronized void detach(Http2Stream stream) {
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

    /** The listeners of the push streams. */
    synchronized List<StreamListener> listeners() {
        List<StreamListener> listeners = new ArrayList<>(attached.size());
        for (Http2Stream stream : attached) {
            if (stream.listener != null) {
                listeners.add(stream.listener);
            }
        }
        return listeners;
    }

    void check(long now) {
        listeners().forEach(stream -> stream.check(now));
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** The connection has ended: notifies all push streams. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        listeners().forEach(StreamListener::disconnected);
    }
}

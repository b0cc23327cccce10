package push.transport.gate;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The send windows of one connection and of its streams (RFC 9113, section 5.2): how many bytes of DATA the hub may
 * send. Thread-safe; the monitor of the connection's {@link Http2Streams} guards all windows.
 */
final class SendWindows {

    private final Http2Streams streams;

    // Guarded by the streams.
    private long connectionWindow = Http2.INITIAL_WINDOW;
    private long initialWindow = Http2.INITIAL_WINDOW;
    private long reservations;
    private long updates;

    SendWindows(Http2Streams streams) {
        this.streams = streams;
    }

    /** The window of a stream that is opened now, in bytes. */
    long initialWindow() {
        synchronized (streams) {
            return initialWindow;
        }
    }

    /** The number of bytes that may be sent on a stream now; may be negative. */
    long sendable(Http2Stream stream) {
        synchronized (streams) {
            return stream.isReset ? 0 : Math.min(connectionWindow, stream.sendWindow);
        }
    }

    /** Reserves at most the wanted bytes in both windows, and returns how many bytes it reserved. */
    int reserve(Http2Stream stream, int wanted) {
        synchronized (streams) {
            int granted = (int) Math.min(wanted, sendable(stream));
            if (granted <= 0) {
                return 0;
            }
            take(stream, granted);
            return granted;
        }
    }

    /** Reserves all wanted bytes in both windows, or returns false and reserves none. */
    boolean reserveAll(Http2Stream stream, int wanted) {
        synchronized (streams) {
            if (sendable(stream) < wanted) {
                return false;
            }
            take(stream, wanted);
            return true;
        }
    }

    private void take(Http2Stream stream, int bytes) {
        reservations++;
        connectionWindow -= bytes;
        stream.sendWindow -= bytes;
    }

    /**
     * Counts a WINDOW_UPDATE of the peer. A peer may send one for each of the two windows each time that the hub has
     * reserved bytes in them.
     *
     * @return false if the peer sends more of them
     */
    boolean allowsUpdate() {
        synchronized (streams) {
            boolean allowed = updates < 2 * reservations;
            if (allowed) {
                updates++;
            }
            return allowed;
        }
    }

    /** The peer increases the connection's window; false if that makes the window too large. */
    boolean grow(int increment) {
        synchronized (streams) {
            if (connectionWindow + increment > Http2.MAX_WINDOW) {
                return false;
            }
            connectionWindow += increment;
        }
        // Start at a random stream: the first one may leave nothing to the others.
        List<StreamListener> all = streams.listeners();
        int first = all.size() < 2 ? 0 : ThreadLocalRandom.current().nextInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get((first + i) % all.size()).windowMayHaveGrown();
        }
        return true;
    }

    /** The peer increases a stream's window; false if that makes the window too large. */
    boolean grow(Http2Stream stream, int increment) {
        StreamListener listener;
        synchronized (streams) {
            if (stream.sendWindow + increment > Http2.MAX_WINDOW) {
                return false;
            }
            stream.sendWindow += increment;
            listener = stream.listener;
        }
        if (listener != null) {
            listener.windowMayHaveGrown();
        }
        return true;
    }

    /**
     * The peer changes the initial window size, and with it the windows of all streams; false if one gets too large.
     */
    boolean setInitialWindow(long size) {
        synchronized (streams) {
            long change = size - initialWindow;
            List<Http2Stream> all = streams.all();
            for (Http2Stream stream : all) {
                if (stream.sendWindow + change > Http2.MAX_WINDOW) {
                    return false;
                }
            }
            initialWindow = size;
            all.forEach(stream -> stream.sendWindow += change);
        }
        streams.listeners().forEach(StreamListener::windowMayHaveGrown);
        return true;
    }
}

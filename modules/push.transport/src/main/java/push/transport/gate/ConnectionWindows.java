package push.transport.gate;

import io.helidon.http.http2.FlowControl;

/** The windows of one connection's push streams, which share that of the connection. Safe for any thread. */
public final class ConnectionWindows {

    /**
     * After so many reservations a connection is as good as worn out. Helidon counts each, and each window update of
     * the peer's, of which there may be two to a reservation, in a semaphore that nobody empties while the windows stay
     * open, and that fails beyond 2^31. At a thousand a second that is in six days.
     */
    public static final long MAX_RESERVATIONS = 1L << 29;

    private final long maxReservations;
    private long reservations;

    public ConnectionWindows(long maxReservations) {
        this.maxReservations = maxReservations;
    }

    /**
     * Takes from the windows of a stream and of its connection.
     *
     * @return how much of what is wanted may be written; 0 while a window is shut
     */
    public synchronized int reserve(FlowControl.Outbound window, int wanted) {
        int granted = Math.min(wanted, window.getRemainingWindowSize());
        if (granted > 0) {
            take(window, granted);
        }
        return granted;
    }

    /** Takes as much as is wanted, or nothing. */
    public synchronized boolean reserveAll(FlowControl.Outbound window, int wanted) {
        boolean enough = window.getRemainingWindowSize() >= wanted; // asked once: the peer's settings may make it less
        if (enough) {
            take(window, wanted);
        }
        return enough;
    }

    private void take(FlowControl.Outbound window, int bytes) {
        window.decrementWindowSize(bytes);
        reservations++;
    }

    /** Whether the streams should be moved to another connection. */
    public synchronized boolean areWornOut() {
        return reservations >= maxReservations;
    }
}

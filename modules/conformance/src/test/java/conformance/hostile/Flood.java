package conformance.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same frames again and again, as fast as they are taken, while another thread reads what comes back.
 *
 * @param sent how many times they went out
 * @param goAway the error code of the GOAWAY that came; -1 without one
 * @param closed whether the hub closed the connection
 */
record Flood(int sent, int goAway, boolean closed) {

    private static final int AT_ONCE = 500;
    private static final byte[] LAST = {'t', 'h', 'e', ' ', 'l', 'a', 's', 't'};

    /** Whether the hub ended it. */
    boolean isCutOff() {
        return closed || goAway >= 0;
    }

    /** Sends frames so many times, or until the hub ends it. */
    static Flood of(Http2Peer peer, Http2Frame frame, int times) throws Exception {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int i = 0; i < AT_ONCE; i++) {
            batch.writeBytes(frame.bytes());
        }
        byte[] bytes = batch.toByteArray();
        return of(peer, _ -> bytes, times);
    }

    /** What the next batch of frames is. */
    @FunctionalInterface
    interface Batches {
        byte[] next(int sent);
    }

    /**
     * Sends batches of 500 up to so many frames, or until the hub ends it. Much of it may still be on its way when all is
     * sent. So a last PING follows, which is acknowledged only by a hub that has taken everything before it.
     */
    static Flood of(Http2Peer peer, Batches batches, int times) throws Exception {
        AtomicInteger goAway = new AtomicInteger(-1);
        FutureTask<Boolean> reader = new FutureTask<>(() -> isTaken(peer, goAway));
        Thread.ofVirtual().start(reader);
        int sent = 0;
        try {
            while (sent < times && !reader.isDone()) {
                peer.send(batches.next(sent));
                sent += AT_ONCE;
            }
            peer.send(new Http2Frame(Http2Frame.PING, 0, 0, LAST));
        } catch (IOException e) {
            // The hub has closed it.
        }
        return new Flood(sent, goAway.get(), !reader.get());
    }

    private static boolean isTaken(Http2Peer peer, AtomicInteger goAway) {
        try {
            while (true) {
                Http2Frame frame = peer.read();
                if (frame.type() == Http2Frame.GOAWAY) {
                    goAway.compareAndSet(-1, frame.number(4));
                    return false;
                }
                if (frame.type() == Http2Frame.PING && Arrays.equals(frame.payload(), LAST)) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            return true; // the hub is silent, and has not ended it
        } catch (IOException e) {
            return false; // a reset can overtake the GOAWAY
        }
    }
}

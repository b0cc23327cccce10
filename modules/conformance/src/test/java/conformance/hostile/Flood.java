package conformance.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends the same frames again and again, as fast as the hub accepts them, while another thread reads the responses.
 *
 * @param sent how many times the frames were sent
 * @param goAway the error code of the received GOAWAY; -1 if there was none
 * @param closed whether the hub closed the connection
 */
record Flood(int sent, int goAway, boolean closed) {

    private static final int AT_ONCE = 500;
    private static final byte[] LAST = {'t', 'h', 'e', ' ', 'l', 'a', 's', 't'};

    /** Whether the hub ended the flood. */
    boolean isCutOff() {
        return closed || goAway >= 0;
    }

    /** Sends frames up to {@code times} times, or until the hub ends the connection. */
    static Flood of(Http2Peer peer, Http2Frame frame, int times) throws Exception {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int i = 0; i < AT_ONCE; i++) {
            batch.writeBytes(frame.bytes());
        }
        byte[] bytes = batch.toByteArray();
        return of(peer, _ -> bytes, times);
    }

    /** Creates the next batch of frames. */
    @FunctionalInterface
    interface Batches {
        byte[] next(int sent);
    }

    /**
     * Sends batches of 500 frames, up to {@code times} frames or until the hub ends the connection. Many frames may
     * still be on their way when all are sent, so a last PING follows, which the hub acknowledges only after it has
     * read everything before it.
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
            // The hub has closed the connection.
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
            return true; // the hub is silent, and has not ended the connection
        } catch (IOException e) {
            return false; // a reset can overtake the GOAWAY
        }
    }
}

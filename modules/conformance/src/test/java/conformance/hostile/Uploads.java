package conformance.hostile;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sends bodies on one connection within its windows, and reads all responses. Not thread-safe. */
final class Uploads {

    private static final int FRAME_BYTES = 16_384;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int SETTING_BYTES = 6;

    private final Http2Peer peer;
    private final Map<Integer, Integer> windows = new HashMap<>();
    private final Set<Integer> answered = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();
    private int initialWindow = 65_535;
    private long connectionWindow = 65_535;

    /** @param peer a peer from which nothing has been read yet */
    Uploads(Http2Peer peer) {
        this.peer = peer;
    }

    /** Subscribes a gateway on a stream, and waits until the hub has answered. */
    Uploads subscribed(int stream, String id) throws IOException {
        byte[] request = GrpcMessages.subscription(id);
        peer.headers(stream, 0, HeaderBlock.grpc(HeaderBlock.SUBSCRIBE)).data(stream, Http2Frame.END_STREAM, request);
        connectionWindow -= request.length;
        while (!answered.contains(stream)) {
            read();
        }
        return this;
    }

    /**
     * Sends a request with a body, and reads until its stream has ended. If the hub ends the stream early, the rest of
     * the body is not sent.
     */
    void post(int stream, HeaderBlock block, byte[] body) throws IOException {
        peer.headers(stream, 0, block);
        windows.put(stream, initialWindow);
        for (int sent = 0; sent < body.length && !ended.contains(stream); ) {
            int window = (int) Math.min(connectionWindow, windows.getOrDefault(stream, 0));
            if (window <= 0) {
                read();
                continue;
            }
            int length = Math.min(Math.min(window, FRAME_BYTES), body.length - sent);
            int flags = sent + length == body.length ? Http2Frame.END_STREAM : 0;
            byte[] piece = new byte[length];
            System.arraycopy(body, sent, piece, 0, length);
            peer.data(stream, flags, piece);
            sent += length;
            connectionWindow -= length;
            windows.merge(stream, -length, Integer::sum);
        }
        while (!ended.contains(stream)) {
            read();
        }
    }

    private void read() throws IOException {
        Http2Frame frame = peer.read();
        int stream = frame.stream();
        switch (frame.type()) {
            case Http2Frame.WINDOW_UPDATE -> {
                if (stream == 0) {
                    connectionWindow += frame.number(0);
                } else {
                    windows.merge(stream, frame.number(0), Integer::sum);
                }
            }
            case Http2Frame.SETTINGS -> settings(frame);
            case Http2Frame.HEADERS -> answered.add(stream);
            case Http2Frame.DATA -> {
                if (frame.payload().length > 0) {
                    peer.send(Http2Frame.ofNumber(Http2Frame.WINDOW_UPDATE, 0, frame.payload().length));
                }
            }
            case Http2Frame.RST_STREAM -> ended.add(stream);
            case Http2Frame.GOAWAY -> throw new IOException("the hub ends the connection: " + frame);
            default -> {}
        }
        boolean mayEnd = frame.type() == Http2Frame.HEADERS || frame.type() == Http2Frame.DATA;
        if (mayEnd && frame.has(Http2Frame.END_STREAM)) {
            ended.add(stream);
        }
    }

    private void settings(Http2Frame frame) {
        byte[] payload = frame.payload();
        for (int at = 0; at + SETTING_BYTES <= payload.length; at += SETTING_BYTES) {
            if (payload[at + 1] == INITIAL_WINDOW_SIZE) {
                int size = frame.number(at + 2);
                windows.replaceAll((_, window) -> window + size - initialWindow);
                initialWindow = size;
            }
        }
    }
}

package conformance;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An HTTP request of which the hub has only the first half until {@link #finish}. */
final class HalfRequest implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final byte[] rest;

    HalfRequest(int port, String path, String body) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int half = bytes.length / 2;
        String head = "POST %s HTTP/1.1\r\nHost: test\r\n".formatted(path)
                + "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes, 0, half);
        this.rest = Arrays.copyOfRange(bytes, half, bytes.length);
    }

    /** Sends the rest, and returns the head of the response. */
    String finish() throws IOException {
        socket.getOutputStream().write(rest);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("the hub closed the connection after \"" + head + "\"");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

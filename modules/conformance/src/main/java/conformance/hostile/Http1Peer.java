package conformance.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.regex.Pattern;

/** Sends HTTP/1 byte by byte, and reads until the hub closes the connection. */
public final class Http1Peer {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    private Http1Peer() {}

    /**
     * The hub's responses before it closed the connection.
     *
     * @param statuses the statuses of the responses, in order
     * @param text the complete text of the responses
     */
    public record Answers(List<Integer> statuses, String text) {}

    /**
     * Sends a text in ISO 8859-1, and reads to the end of the connection.
     *
     * @throws IOException also if the hub leaves the connection open for 15 s and sends nothing
     */
    public static Answers exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                copy(socket.getInputStream(), all);
            } catch (SocketException e) {
                // The hub closed the connection while data was still on its way. The data received before that counts.
            }
            String text = all.toString(ISO_8859_1);
            return new Answers(
                    STATUS_LINE
                            .matcher(text)
                            .results()
                            .map(status -> Integer.valueOf(status.group(1)))
                            .toList(),
                    text);
        }
    }

    private static void copy(InputStream in, ByteArrayOutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            to.write(buffer, 0, n);
        }
    }

    /** Publishes a client event whose payload carries a text. */
    public static void publish(int port, String kind, String text) throws IOException {
        String body = "{\"user_id\":\"3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11\",\"kind\":\"" + kind
                + "\",\"payload\":{\"text\":\"" + text + "\"}}";
        Answers answers = exchange(
                port,
                "POST /api/v1/notifications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        if (!answers.statuses().equals(List.of(202))) {
            throw new AssertionError("not accepted: " + answers.text());
        }
    }
}

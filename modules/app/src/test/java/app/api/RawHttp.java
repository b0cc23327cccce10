package app.api;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that sends requests unchanged, and reuses its connection until the server closes it. Not thread-safe. */
final class RawHttp implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;
    private @Nullable Socket socket;

    RawHttp(int port) {
        this.port = port;
    }

    /**
     * A request.
     *
     * @param target the path and the query, as sent in the request line
     * @param headers the header lines, without line ends; {@code Host} and {@code Content-Length} are added
     */
    record Request(
            String method,
            String target,
            List<String> headers,
            @Nullable String body) {

        byte[] bytes() {
            StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: test\r\n");
            headers.forEach(header -> head.append(header).append("\r\n"));
            byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            if (body != null) {
                head.append("Content-Length: ").append(content.length).append("\r\n");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(content);
            return bytes.toByteArray();
        }

        @Override
        public String toString() {
            String text = new String(bytes(), StandardCharsets.UTF_8);
            return text.length() < 3000 ? text : text.substring(0, 3000) + "…";
        }
    }

    /** A response. Header names are case-insensitive. */
    record Answer(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The media type, without its parameters. */
        String contentType() {
            return header("Content-Type").split(";", 2)[0].strip();
        }

        @Override
        public String toString() {
            return status + " " + headers + "\n" + body;
        }
    }

    /** Sends a request and reads its response. Tries again on a new connection if the server has closed the old one. */
    Answer send(Request request) throws IOException {
        boolean fresh = socket == null;
        try {
            return exchange(request);
        } catch (IOException e) {
            close();
            if (fresh) {
                throw e;
            }
            return exchange(request);
        }
    }

    private Answer exchange(Request request) throws IOException {
        Socket connection = connection();
        connection.getOutputStream().write(request.bytes());
        Answer answer = read(connection.getInputStream(), request.method().equals("HEAD"));
        if (answer.header("Connection").equalsIgnoreCase("close")) {
            close();
        }
        return answer;
    }

    private Socket connection() throws IOException {
        Socket connection = socket;
        if (connection == null) {
            connection = new Socket(InetAddress.getLoopbackAddress(), port);
            connection.setSoTimeout(TIMEOUT_MILLIS);
            connection.setTcpNoDelay(true);
            socket = connection;
        }
        return connection;
    }

    private static Answer read(InputStream in, boolean head) throws IOException {
        String status = line(in);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(": *", 2);
            headers.put(header[0], header[1]);
        }
        byte[] body = head ? new byte[0] : body(in, headers);
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection after \"" + line + "\"");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // The connection is not used again.
        }
        socket = null;
    }
}

package push.transport.gate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Converts Helidon's HTTP/1.1 response to one that an HTTP/1.0 client can read: without chunks, and with a body that
 * ends when the connection closes. For one thread at a time.
 */
final class Http10Response {

    private final boolean withoutBody;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private boolean headIsOver;
    private @Nullable ChunkData chunks;

    /** @param withoutBody true for a response to HEAD */
    Http10Response(boolean withoutBody) {
        this.withoutBody = withoutBody;
    }

    /** Converts the next bytes. The result may be empty. */
    byte[] convert(byte[] bytes) {
        if (headIsOver) {
            return body(bytes, 0);
        }
        ByteArrayOutputStream converted = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            head.write(bytes[i]);
            if (bytes[i] == '\n' && endsHead()) {
                headIsOver = true;
                converted.writeBytes(convertedHead());
                converted.writeBytes(body(bytes, i + 1));
                return converted.toByteArray();
            }
        }
        return converted.toByteArray();
    }

    private boolean endsHead() {
        return head.size() >= 4 && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
    }

    private byte[] convertedHead() {
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).strip().split("\r\n", -1);
        StringBuilder converted = new StringBuilder(head.size());
        for (String line : lines) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (converted.isEmpty()) {
                converted.append(line.replaceFirst("^HTTP/1\\.1", "HTTP/1.0")).append("\r\n");
            } else if (lower.startsWith("transfer-encoding:")) {
                chunks = lower.contains("chunked") ? new ChunkData() : null;
            } else if (!lower.startsWith("connection:") && !lower.startsWith("trailer:")) {
                converted.append(line).append("\r\n");
            }
        }
        return converted.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] body(byte[] bytes, int from) {
        if (withoutBody) {
            return new byte[0];
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(bytes.length - from);
        if (chunks == null) {
            body.write(bytes, from, bytes.length - from);
        } else {
            chunks.write(bytes, from, body);
        }
        return body.toByteArray();
    }

    /** Extracts the data from chunks. They are well-formed, because the hub itself wrote them. */
    private static final class ChunkData {

        private final StringBuilder line = new StringBuilder();
        private long left;
        private boolean afterData;
        private boolean over;

        void write(byte[] bytes, int from, ByteArrayOutputStream data) {
            for (int i = from; i < bytes.length && !over; ) {
                if (left > 0) {
                    int n = (int) Math.min(left, bytes.length - i);
                    data.write(bytes, i, n);
                    left -= n;
                    i += n;
                    afterData = left == 0;
                } else {
                    lineByte(bytes[i++]);
                }
            }
        }

        private void lineByte(byte b) {
            if (b != '\n') {
                line.append((char) (b & 0xFF));
                return;
            }
            if (!afterData) {
                left = Long.parseLong(line.toString().split(";", 2)[0].strip(), 16);
                over = left == 0; // trailers may follow, which HTTP/1.0 does not have
            }
            afterData = false;
            line.setLength(0);
        }
    }
}

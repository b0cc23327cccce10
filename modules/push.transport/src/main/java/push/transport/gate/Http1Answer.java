package push.transport.gate;

import io.helidon.http.DateTime;
import java.nio.charset.StandardCharsets;

/** Encodes a response of the gate for HTTP/1. The connection ends after the response. */
final class Http1Answer {

    private Http1Answer() {}

    /** @param withBody false for a response to HEAD, which states the length that a body would have */
    static byte[] bytes(GateAnswer answer, boolean withBody) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ")
                .append(answer.status())
                .append(' ')
                .append(answer.reason())
                .append("\r\n");
        append(head, "date", DateTime.rfc1123String());
        answer.fields().forEach(field -> append(head, field.name(), field.value()));
        append(head, "content-length", Integer.toString(answer.body().length));
        append(head, "connection", "close");
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (!withBody) {
            return start;
        }
        byte[] all = new byte[start.length + answer.body().length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(answer.body(), 0, all, start.length, answer.body().length);
        return all;
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}

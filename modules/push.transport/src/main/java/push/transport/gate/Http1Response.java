package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Encodes a response of the gate for HTTP/1. The connection ends after the response. */
final class Http1Response {

    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private Http1Response() {}

    /** @param withBody false for a response to HEAD, which states the length that a body would have */
    static byte[] bytes(GateResponse response, boolean withBody) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ")
                .append(response.status())
                .append(' ')
                .append(response.reason())
                .append("\r\n");
        append(head, "date", DATE.format(response.date()));
        response.fields().forEach(field -> append(head, field.name(), field.value()));
        append(head, "content-length", Integer.toString(response.body().length));
        append(head, "connection", "close");
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (!withBody) {
            return start;
        }
        byte[] all = new byte[start.length + response.body().length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(response.body(), 0, all, start.length, response.body().length);
        return all;
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}

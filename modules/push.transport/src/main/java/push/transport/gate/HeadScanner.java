package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of one HTTP/1 head, however its bytes are cut into pieces. Refuses what no head may have: line ends other
 * than CRLF, control characters, and more bytes than the limits allow.
 */
final class HeadScanner {

    private final int maxRequestLine;
    private final int maxFields;
    private int at;
    private int lineStart;
    private int fieldsStart = -1;
    private boolean afterReturn;
    private @Nullable RequestLine requestLine;

    HeadScanner(int maxRequestLine, int maxFields) {
        this.maxRequestLine = maxRequestLine;
        this.maxFields = maxFields;
    }

    /**
     * Looks at the bytes that it has not seen yet.
     *
     * @param bytes has the head from {@code from} on, as far as it has come, up to {@code to}
     * @return how long the head is with the empty line at its end; -1 while that has not come
     */
    int scan(byte[] bytes, int from, int to) throws Refusal {
        for (; from + at < to; at++) {
            int b = bytes[from + at];
            if (afterReturn) {
                if (b != '\n') {
                    throw new Refusal(400, "the head has a carriage return without a line feed behind it");
                }
                afterReturn = false;
                if (endLine(bytes, from)) {
                    return at + 1;
                }
            } else if (b == '\r') {
                afterReturn = true;
            } else {
                check(b);
            }
        }
        return -1;
    }

    /** True at the empty line. */
    private boolean endLine(byte[] bytes, int from) throws Refusal {
        if (fieldsStart < 0) {
            // At once: a client of HTTP/0.9 sends nothing more.
            requestLine = RequestLine.of(new String(bytes, from, at - 1, StandardCharsets.ISO_8859_1));
            fieldsStart = at + 1;
        } else if (at - 1 == lineStart) {
            return true;
        } else if (at + 1 - fieldsStart > maxFields) {
            throw tooManyFields();
        }
        lineStart = at + 1;
        return false;
    }

    private Refusal tooManyFields() {
        return new Refusal(431, "the header fields must have at most " + maxFields + " bytes altogether");
    }

    /** The request line of a head that is whole. */
    RequestLine requestLine() {
        return Objects.requireNonNull(requestLine, "the head is not whole");
    }

    private void check(int b) throws Refusal {
        if (b == '\n') {
            throw new Refusal(400, "the head has a line feed without a carriage return before it; lines end with CRLF");
        }
        if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7F) {
            throw new Refusal(400, "the head has the control character 0x%02x".formatted(b));
        }
        if (fieldsStart < 0 && at >= maxRequestLine) {
            throw new Refusal(414, "the request line must have at most " + maxRequestLine + " bytes");
        }
        if (fieldsStart >= 0 && at - fieldsStart >= maxFields) {
            throw tooManyFields();
        }
    }
}

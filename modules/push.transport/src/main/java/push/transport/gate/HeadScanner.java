package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of one HTTP/1 request head, which may arrive in any pieces. Refuses a head with line endings other than
 * CRLF, with control characters, or with more bytes than the limits allow.
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
     * Scans the bytes that have arrived since the last call.
     *
     * @param bytes holds the head from {@code from} to {@code to}, as far as it has arrived
     * @return the length of the head, including the empty line at its end; -1 while the head is incomplete
     */
    int scan(byte[] bytes, int from, int to) throws Refusal {
        for (; from + at < to; at++) {
            int b = bytes[from + at];
            if (afterReturn) {
                if (b != '\n') {
                    throw new Refusal(400, "a carriage return in the request head must be followed by a line feed");
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

    /** Ends a line; true if it is the empty line at the end of the head. */
    private boolean endLine(byte[] bytes, int from) throws Refusal {
        if (fieldsStart < 0) {
            // Checked at once, because an HTTP/0.9 client sends nothing more.
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
        return new Refusal(431, "the header fields must have at most " + maxFields + " bytes in total");
    }

    /** The request line. The head must be complete. */
    RequestLine requestLine() {
        return Objects.requireNonNull(requestLine, "the request head is not complete");
    }

    private void check(int b) throws Refusal {
        if (b == '\n') {
            throw new Refusal(400, "each line of the request head must end with CRLF, not with a line feed alone");
        }
        if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7F) {
            throw new Refusal(400, "the request head must not contain the control character 0x%02x".formatted(b));
        }
        if (fieldsStart < 0 && at >= maxRequestLine) {
            throw new Refusal(414, "the request line must have at most " + maxRequestLine + " bytes");
        }
        if (fieldsStart >= 0 && at - fieldsStart >= maxFields) {
            throw tooManyFields();
        }
    }
}

package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A body with the chunked transfer coding (RFC 9112, section 7.1). Helidon gets the gate's own chunks as bytes arrive,
 * because Helidon would hold each chunk whole. Chunk extensions and trailer fields are not passed on.
 */
final class ChunkedBody implements Http1Body {

    /** The largest number of digits in a chunk size: enough for more bytes than any body may have. */
    private static final int MAX_DIGITS = 8;

    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private enum Step {
        SIZE,
        DATA,
        AFTER_DATA,
        TRAILERS,
        OVER
    }

    private final StringBuilder line = new StringBuilder();
    private final int maxLines;
    private Step step = Step.SIZE;
    private int lines; // the bytes of extensions and trailer fields so far
    private long left; // the bytes of this chunk that have not been passed on
    private long size;

    /** @param maxLines the largest total length of chunk extensions and trailer fields, in bytes */
    ChunkedBody(int maxLines) {
        this.maxLines = maxLines;
    }

    @Override
    public byte @Nullable [] take(ByteQueue bytes) throws Refusal {
        while (step != Step.OVER && bytes.size() > 0) {
            if (step == Step.DATA) {
                return chunk(bytes);
            }
            if (endsLine(bytes.next())) {
                endLine();
                line.setLength(0);
                if (step == Step.OVER) {
                    return LAST.clone();
                }
            }
        }
        return null;
    }

    private byte[] chunk(ByteQueue bytes) {
        int n = (int) Math.min(bytes.size(), left);
        byte[] head = (Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[head.length + n + 2];
        System.arraycopy(head, 0, chunk, 0, head.length);
        System.arraycopy(bytes.array(), bytes.skip(n), chunk, head.length, n);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        size += n;
        left -= n;
        if (left == 0) {
            step = Step.AFTER_DATA;
        }
        return chunk;
    }

    /** Adds a byte to the line; true if the byte ends the line. */
    private boolean endsLine(byte b) throws Refusal {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            if (b != '\n') {
                throw new Refusal(400, "a carriage return in a chunk must be followed by a line feed");
            }
            line.setLength(last);
            return true;
        }
        if (step == Step.AFTER_DATA && b != '\r') {
            throw new Refusal(400, "the data of a chunk must have the declared size and end with CRLF");
        }
        if ((b >= 0 && b < ' ' && b != '\t' && b != '\r') || b == 0x7F) {
            throw new Refusal(400, "a chunk must not contain the control character 0x%02x".formatted(b));
        }
        if (step == Step.TRAILERS || line.length() > MAX_DIGITS) {
            lines++;
        }
        if (lines > maxLines) {
            throw new Refusal(
                    step == Step.TRAILERS ? 431 : 400,
                    "chunk extensions and trailers must have at most " + maxLines + " bytes in total");
        }
        line.append((char) (b & 0xFF));
        return false;
    }

    private void endLine() throws Refusal {
        switch (step) {
            case SIZE -> {
                left = chunkSize(line.toString());
                step = left == 0 ? Step.TRAILERS : Step.DATA;
            }
            case AFTER_DATA -> step = Step.SIZE;
            case TRAILERS -> {
                if (line.isEmpty()) {
                    step = Step.OVER;
                } else {
                    Http1Head.field(line.toString());
                }
            }
            default -> throw new IllegalStateException("no line ends in the step " + step);
        }
    }

    private static long chunkSize(String line) throws Refusal {
        int extension = line.indexOf(';');
        String digits = extension < 0 ? line : line.substring(0, extension);
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new Refusal(
                    400,
                    "a chunk size must have 1 to " + MAX_DIGITS + " hexadecimal digits, but was " + Quoted.of(digits));
        }
        return HexFormat.fromHexDigitsToLong(digits);
    }

    @Override
    public boolean isOver() {
        return step == Step.OVER;
    }

    @Override
    public long size() {
        return size;
    }
}

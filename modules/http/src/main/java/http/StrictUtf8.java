package http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Distinguishes UTF-8 from bytes that only some readers accept as UTF-8: overlong forms, surrogates, UTF-16, UTF-32, a
 * byte order mark. Two readers that decode the bytes differently see two different texts.
 */
final class StrictUtf8 {

    private static final int BUFFER_CHARS = 4096;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private StrictUtf8() {}

    /** Checks the bytes of a JSON text. Returns what is wrong with them; empty when nothing is. */
    static Optional<String> error(byte[] bytes, int length) {
        if (length >= BYTE_ORDER_MARK.length
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2]) {
            return Optional.of("must not begin with a byte order mark");
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) { // in UTF-16, half of each character of JSON's syntax
                return Optional.of("must be UTF-8 without zero bytes");
            }
        }
        return isWellFormed(bytes, length) ? Optional.empty() : Optional.of("must be valid UTF-8");
    }

    private static boolean isWellFormed(byte[] bytes, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports malformed input
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        CharBuffer out = CharBuffer.allocate(BUFFER_CHARS);
        try {
            CoderResult result = decoder.decode(in, out, true);
            while (result.isOverflow()) {
                out.clear();
                result = decoder.decode(in, out, true);
            }
            if (result.isError()) {
                result.throwException();
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

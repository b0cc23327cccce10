package push.transport.gate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes header fields as literals without indexing, RFC 7541 section 6.2.2, and refers to names in the static table
 * by index. Therefore any thread may encode blocks, in any order, and the peer's dynamic table may have any size.
 */
final class HpackEncoder {

    private static final int TABLE_OF_NO_SIZE = 0x20;

    private HpackEncoder() {}

    /**
     * Encodes a header block.
     *
     * @param tableChanged whether the block must begin with a dynamic table size update to 0, as is required after the
     *     peer has reduced the size of the table, section 4.2
     */
    static byte[] encode(List<HeaderField> fields, boolean tableChanged) {
        ByteArrayOutputStream block = new ByteArrayOutputStream(256);
        if (tableChanged) {
            block.write(TABLE_OF_NO_SIZE);
        }
        for (HeaderField field : fields) {
            int index = HpackTable.staticIndex(field.name());
            integer(block, 0, 4, index);
            if (index == 0) {
                text(block, field.name());
            }
            text(block, field.value());
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        integer(block, 0, 7, bytes.length);
        block.writeBytes(bytes);
    }

    private static void integer(ByteArrayOutputStream block, int flags, int bits, int value) {
        int most = (1 << bits) - 1;
        if (value < most) {
            block.write(flags | value);
            return;
        }
        block.write(flags | most);
        int left = value - most;
        while (left >= 0x80) {
            block.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        block.write(left);
    }
}

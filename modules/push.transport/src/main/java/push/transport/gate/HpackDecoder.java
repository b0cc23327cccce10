package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes header blocks, RFC 7541, and counts their decoded size. The size of a block as sent is no bound, because one
 * byte can refer to an entry of 4 KiB. For one thread.
 *
 * <p>A block that decodes to more than the limit is still decoded to its end, without being kept, because it changes
 * the dynamic table that later blocks refer to.
 */
final class HpackDecoder {

    private static final int TABLE_BYTES = 4096;
    private static final byte[] NOTHING = {};

    private final HpackTable table = new HpackTable(TABLE_BYTES);
    private final int limit;

    /** A string of more bytes than this is not kept: it fits neither into the limit nor into the table. */
    private final int tooLong;

    // Of the block that is being decoded.
    private byte[] block = NOTHING;
    private int at;
    private int end;

    /** @param limit the largest decoded size of a block, in bytes, with {@link HeaderField#OVERHEAD} for each field */
    HpackDecoder(int limit) {
        this.limit = limit;
        this.tooLong = Math.max(limit, TABLE_BYTES);
    }

    /**
     * Decodes a whole block.
     *
     * @param bytes the block
     * @return the fields of the block, in their order; with {@link Fields#isTooLarge} if they exceed the limit
     * @throws HpackException if the block violates the RFC
     */
    Fields decode(byte[] bytes) throws HpackException {
        block = bytes;
        at = 0;
        end = bytes.length;
        try {
            return decodeAll();
        } finally {
            block = NOTHING;
        }
    }

    private Fields decodeAll() throws HpackException {
        List<HeaderField> fields = new ArrayList<>();
        long size = 0;
        int resizes = 0;
        while (at < end) {
            int first = block[at];
            if ((first & 0xe0) == 0x20) {
                if (size > 0 || ++resizes > 2) {
                    throw new HpackException("a header block changes the table size after a field, or more than twice");
                }
                table.resize(integer(5));
            } else {
                long before = size;
                Decoded decoded = field(first);
                size += decoded.size();
                if (decoded.field() != null && before + decoded.size() <= limit) {
                    fields.add(decoded.field());
                }
            }
        }
        return new Fields(fields, size > limit);
    }

    private Decoded field(int first) throws HpackException {
        if ((first & 0x80) != 0) {
            HeaderField indexed = table.get(integer(7));
            return new Decoded(indexed, indexed.size());
        }
        boolean added = (first & 0xc0) == 0x40;
        int index = integer(added ? 6 : 4);
        Text name = index == 0 ? text() : new Text(table.get(index).name());
        Text value = text();
        long size = (long) name.length() + value.length() + HeaderField.OVERHEAD;
        HeaderField field = name.isKept() && value.isKept() ? new HeaderField(name.kept(), value.kept()) : null;
        if (added) {
            if (field == null) {
                table.clear(); // what is not kept is larger than the table
            } else {
                table.add(field);
            }
        }
        return new Decoded(field, size);
    }

    /** Decodes an integer (section 5.1) with a prefix of this many bits. */
    private int integer(int bits) throws HpackException {
        int most = (1 << bits) - 1;
        long value = next() & most;
        if (value < most) {
            return (int) value;
        }
        for (int shift = 0; ; shift += 7) {
            int more = next();
            value += (long) (more & 0x7f) << shift;
            if (value > Integer.MAX_VALUE || shift > 28) {
                throw new HpackException("an integer in a header block is larger than 2^31-1");
            }
            if ((more & 0x80) == 0) {
                return (int) value;
            }
        }
    }

    private int next() throws HpackException {
        if (at == end) {
            throw new HpackException("a header block ends in the middle of a field");
        }
        return block[at++] & 0xff;
    }

    private Text text() throws HpackException {
        if (at == end) {
            throw new HpackException("a header block ends in the middle of a field");
        }
        boolean coded = (block[at] & 0x80) != 0;
        int length = integer(7);
        if (length > end - at) {
            throw new HpackException(
                    "a string has " + length + " bytes, and the rest of its header block " + (end - at));
        }
        int from = at;
        at += length;
        return coded ? huffmanCoded(from, length) : plain(from, length);
    }

    private Text plain(int from, int length) {
        return length > tooLong
                ? new Text(null, length)
                : new Text(new String(block, from, length, StandardCharsets.ISO_8859_1));
    }

    private Text huffmanCoded(int from, int length) throws HpackException {
        byte[] decoded = new byte[(int) Math.min(tooLong, length * 8L / 5)];
        int size = HpackHuffman.decode(block, from, from + length, decoded);
        return size > decoded.length
                ? new Text(null, size)
                : new Text(new String(decoded, 0, size, StandardCharsets.ISO_8859_1));
    }

    /**
     * What a block decodes to.
     *
     * @param fields as many of the fields as the limit allows
     * @param isTooLarge whether there were more
     */
    record Fields(List<HeaderField> fields, boolean isTooLarge) {}

    /** A field, null if it is too large to be kept, and its size. */
    private record Decoded(
            @org.jspecify.annotations.Nullable HeaderField field, long size) {}

    /** A string, null if it is too large to be kept, and its length. */
    private record Text(@org.jspecify.annotations.Nullable String text, int length) {

        Text(String text) {
            this(text, text.length());
        }

        boolean isKept() {
            return text != null;
        }

        String kept() {
            return java.util.Objects.requireNonNull(text);
        }
    }
}

package push.engine;

/**
 * The sizes of objects on the heap, in bytes.
 *
 * <p>The figures are those of a 64-bit JVM with compressed references and without compact object headers. With compact
 * headers, objects are up to a fifth smaller, so the figures are an upper bound.
 */
final class HeapSize {

    private static final int ALIGNMENT = 8;
    private static final int ARRAY_HEADER = 16;
    private static final int STRING = 24;
    private static final int MAX_ASCII = 0x7f;
    private static final int MAX_LATIN_1 = 0xff;
    private static final int MAX_TWO_BYTES = 0x7ff;

    private HeapSize() {}

    /** The size of an object with {@code bytes} bytes of header and fields. */
    static long ofObject(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The size of an array with {@code bytes} bytes of elements. */
    static long ofArray(long bytes) {
        return ofObject(ARRAY_HEADER + bytes);
    }

    /**
     * The size of a string with its characters: one byte each if all are Latin-1, otherwise two. An empty string is
     * shared.
     */
    static long ofText(String text) {
        return ofText(text, bits(text));
    }

    /** The same as {@link #ofText(String)}, for a text whose {@link #bits} are known. */
    static long ofText(String text, int bits) {
        long length = text.length();
        return length == 0 ? 0 : STRING + ofArray(bits <= MAX_LATIN_1 ? length : 2 * length);
    }

    /** The length in UTF-8 of a text whose {@link #bits} are known. */
    static long utf8(String text, int bits) {
        return bits <= MAX_ASCII ? text.length() : utf8OfEach(text);
    }

    private static long utf8OfEach(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= MAX_ASCII) {
                bytes++;
            } else if (c <= MAX_TWO_BYTES || Character.isSurrogate(c)) { // two surrogates have four bytes
                bytes += 2;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    /** The bits that are set in any character. They distinguish ASCII and Latin-1 from other texts in a single pass. */
    static int bits(String text) {
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits |= text.charAt(i);
        }
        return bits;
    }
}

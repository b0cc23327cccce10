package push.engine;

/**
 * How many bytes objects take on the heap.
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

    /** The size of an object whose header and fields take so many bytes. */
    static long ofObject(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The size of an array whose elements take so many bytes. */
    static long ofArray(long bytes) {
        return ofObject(ARRAY_HEADER + bytes);
    }

    /** The size of a string and its characters: one byte each where all are Latin-1, else two. An empty one is shared. */
    static long ofText(String text) {
        return ofText(text, bits(text));
    }

    /** As {@link #ofText(String)}, for a text whose {@link #bits} are known. */
    static long ofText(String text, int bits) {
        long length = text.length();
        return length == 0 ? 0 : STRING + ofArray(bits <= MAX_LATIN_1 ? length : 2 * length);
    }

    /** The length of a text in UTF-8, where its {@link #bits} are known. */
    static long utf8(String text, int bits) {
        return bits <= MAX_ASCII ? text.length() : utf8OfEach(text);
    }

    private static long utf8OfEach(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= MAX_ASCII) {
                bytes++;
            } else if (c <= MAX_TWO_BYTES || Character.isSurrogate(c)) { // four bytes for two surrogates
                bytes += 2;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    /** All bits that are set in any character: they tell ASCII and Latin-1 from other texts, for one look at each. */
    static int bits(String text) {
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits |= text.charAt(i);
        }
        return bits;
    }
}

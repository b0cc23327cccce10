package push.transport.gate;

/**
 * The Huffman code of HPACK, RFC 7541 appendix B.
 *
 * <p>The code is canonical: codes of one length are consecutive, in the order of their symbols, and the first code of
 * each length follows from the last code of the previous length. Therefore the lengths alone define the code.
 * Thread-safe.
 */
final class HpackHuffman {

    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;
    private static final int END_OF_STRING = 256;

    /** The length of the code of each symbol from 0 to 256: A stands for 5 bits, B for 6, up to Z for 30. */
    private static final String LENGTHS = "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXX"
            + "BFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
            + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJB"
            + "KABABABBBACCBBBABCBAABCCCCCKGJIX"
            + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSST"
            + "RQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
            + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWW"
            + "PTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWV"
            + "Z";

    /** The symbols, ordered by the lengths of their codes. */
    private static final short[] SYMBOLS = new short[END_OF_STRING + 1];

    /** By length: the first code, how many codes there are, and where their symbols begin. */
    private static final int[] FIRST = new int[LONGEST + 1];

    private static final int[] COUNT = new int[LONGEST + 1];
    private static final int[] BEGIN = new int[LONGEST + 1];

    static {
        int next = 0;
        int code = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            FIRST[length] = code;
            BEGIN[length] = next;
            for (int symbol = 0; symbol <= END_OF_STRING; symbol++) {
                if (LENGTHS.charAt(symbol) - 'A' + SHORTEST == length) {
                    SYMBOLS[next++] = (short) symbol;
                }
            }
            COUNT[length] = next - BEGIN[length];
            code = (code + COUNT[length]) << 1;
        }
    }

    private HpackHuffman() {}

    /**
     * Decodes a string.
     *
     * @param from the bytes, of which those from {@code at} to {@code end} are the encoded string
     * @param into receives the decoded bytes, as many as there is room for
     * @return the length of the decoded string in bytes, even if {@code into} has room for fewer
     * @throws HpackException if the padding is longer than 7 bits or is not all ones, or if the string holds the
     *     end-of-string symbol
     */
    static int decode(byte[] from, int at, int end, byte[] into) throws HpackException {
        int decoded = 0;
        int code = 0;
        int length = 0;
        for (int i = at; i < end; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                code = code << 1 | (from[i] >> bit & 1);
                length++;
                int offset = code - FIRST[Math.min(length, LONGEST)];
                if (length >= SHORTEST && offset >= 0 && offset < COUNT[length]) {
                    int symbol = SYMBOLS[BEGIN[length] + offset];
                    if (symbol == END_OF_STRING) {
                        throw new HpackException("a Huffman-coded string contains the end-of-string symbol");
                    }
                    if (decoded < into.length) {
                        into[decoded] = (byte) symbol;
                    }
                    decoded++;
                    code = 0;
                    length = 0;
                }
            }
        }
        if (length > 7 || code != (1 << length) - 1) {
            throw new HpackException("a Huffman-coded string must be padded with at most 7 bits, all ones");
        }
        return decoded;
    }
}

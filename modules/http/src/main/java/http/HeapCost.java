package http;

/** What Jackson's trees and parsers take on the heap, in bytes: a little more rather than less. */
final class HeapCost {

    /** A node with its map, and its place in an array. */
    static final long OBJECT = 96;

    /** A node with its list. */
    static final long ARRAY = 64;

    /** A number, or a word such as {@code true}, with its place in an array. */
    static final long SCALAR = 32;

    /** A name in the table of {@link OpenNames}: after the table grows, up to eight places of 8 bytes each. */
    static final long NAME_SEEN = 64;

    private static final long STRING = 72;
    private static final long TABLE = 80;
    private static final long MEMBER = 48;
    private static final long NAME = 64;

    /** Objects of a few members are many with the same names, of which the parser makes each once. */
    private static final int FEW = 8;

    private static final long UNESCAPED = 64;
    private static final long DECIMAL = 120;
    private static final int SMALL_NUMBER = 18;

    private HeapCost() {}

    static long string(int chars) {
        return STRING + 2L * chars;
    }

    static long number(int chars) {
        return chars <= SMALL_NUMBER ? SCALAR : DECIMAL + chars;
    }

    /**
     * A member's place in its object, with its name.
     *
     * @param before how many members the object has already
     */
    static long member(int before, int chars) {
        return MEMBER + (before == 0 ? TABLE : 0) + (before < FEW ? 0 : NAME + 2L * chars);
    }

    /** The decoded copy that {@link OpenNames} keeps of a name with escapes. */
    static long unescapedName(int bytes) {
        return UNESCAPED + bytes;
    }
}

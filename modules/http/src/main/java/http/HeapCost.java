package http;

/** The heap that Jackson's trees and parsers use, in bytes. The estimates err on the high side. */
final class HeapCost {

    /** An object node with its map and its place in an array. */
    static final long OBJECT = 96;

    /** An array node with its list. */
    static final long ARRAY = 64;

    /** A number, or a literal such as {@code true}, with its place in an array. */
    static final long SCALAR = 32;

    /**
     * An entry in the table of {@link NameSet}: just after the table has grown, a name has eight slots of 8 bytes
     * each.
     */
    static final long NAME_SEEN = 64;

    private static final long STRING = 72;
    private static final long TABLE = 80;
    private static final long MEMBER = 48;
    private static final long NAME = 64;

    /**
     * Up to this many members, names are not counted: many small objects have the same names, and the parser makes each
     * name only once.
     */
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
     * The cost of a member's place in its object, with its name.
     *
     * @param before how many members the object already has
     */
    static long member(int before, int chars) {
        return MEMBER + (before == 0 ? TABLE : 0) + (before < FEW ? 0 : NAME + 2L * chars);
    }

    /** The cost of the decoded copy that {@link NameSet} keeps of a name with escapes. */
    static long unescapedName(int bytes) {
        return UNESCAPED + bytes;
    }
}

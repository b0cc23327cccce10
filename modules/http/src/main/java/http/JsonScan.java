package http;

import limits.Lease;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Goes through JSON text strictly, token by token, and keeps account of what that takes, and of what a tree of it would
 * take. Duplicate names, deep nesting, half surrogate pairs, and numbers that are not taken, are all found here. For one
 * thread.
 */
final class JsonScan {

    /** What is wrong with a value that is well-formed. */
    enum Flaw {
        NONE,
        NUMBER,
        HALF_PAIR
    }

    /** The largest step in which room is acquired, so that a token rarely needs any, in bytes. */
    private static final long MAX_STEP = 256 << 10;

    private static final long MIN_STEP = 4 << 10;

    /** For each byte of the text: few texts need more. */
    private static final int STEP_OF_A_BYTE = 8;

    /** The parser keeps the characters of a text in memory of its own; shorter ones are not counted. */
    private static final int LONG_TEXT = 32 << 10;

    private final JsonParser parser;
    private final RequestMemory memory;
    private final Lease lease;
    private final long step;
    private final boolean hasEscapes;
    private final long[] openNames = new long[Json.MAX_DEPTH + 1];
    private final int[] members = new int[Json.MAX_DEPTH + 1];
    private int depth;
    private long names;
    private long treeBytes;
    private long kept;
    private long longest;
    private long granted;
    private boolean hasBadNumber;
    private boolean hasHalfPair;

    /**
     * To be made when the first {@linkplain #step step} has been acquired for it.
     *
     * @param lease what grows with it
     * @param step the first step, and each later one
     * @param hasEscapes whether the text has {@code \\u} anywhere: where it has none, no text has half a pair
     */
    JsonScan(JsonParser parser, RequestMemory memory, Lease lease, long step, boolean hasEscapes) {
        this.parser = parser;
        this.memory = memory;
        this.lease = lease;
        this.step = step;
        this.granted = step;
        this.hasEscapes = hasEscapes;
    }

    /** In which steps to acquire room for a text of so many bytes. */
    static long step(int length) {
        return Math.min(MAX_STEP, MIN_STEP + (long) STEP_OF_A_BYTE * length);
    }

    /** The next token; at the end of the text, {@code NOT_AVAILABLE}. */
    JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return JsonToken.NOT_AVAILABLE;
        }
        account(token);
        return token;
    }

    private void account(JsonToken token) {
        switch (token) {
            case START_OBJECT -> begin(HeapCost.OBJECT);
            case START_ARRAY -> begin(HeapCost.ARRAY);
            case END_OBJECT, END_ARRAY -> names -= openNames[depth--];
            case PROPERTY_NAME -> name(parser.currentName());
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            default -> treeBytes += HeapCost.SCALAR;
        }
        long needed = kept + names + longest;
        if (needed > granted) {
            long more = Math.max(step, needed - granted);
            memory.grow(lease, more);
            granted += more;
        }
    }

    private void begin(long cost) {
        treeBytes += cost;
        depth++;
        openNames[depth] = 0;
        members[depth] = 0;
    }

    private void measure(int chars) {
        if (chars > LONG_TEXT) {
            longest = Math.max(longest, 2L * chars);
        }
    }

    private void name(String name) {
        long seen = HeapCost.nameSeen(name.length());
        openNames[depth] += seen;
        names += seen;
        treeBytes += HeapCost.member(
                members[depth]++, name.length()); // of half a pair in a name the parser complains by itself
    }

    private void string() {
        if (hasEscapes) { // else the parser need not make the text
            int length = parser.getStringLength();
            measure(length);
            if (isHalved(parser.getStringCharacters(), parser.getStringOffset(), length)) {
                hasHalfPair = true;
            }
        }
        treeBytes += HeapCost.string(0);
    }

    private void number() {
        int length = parser.getStringLength();
        measure(length);
        treeBytes += HeapCost.number(length);
        if (!JsonNumber.isTaken(parser.getStringCharacters(), parser.getStringOffset(), length)) {
            hasBadNumber = true;
        }
    }

    private static boolean isHalved(char[] text, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (Character.isSurrogate(text[i])) {
                boolean pair = i + 1 < end && Character.isSurrogatePair(text[i], text[i + 1]);
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Goes on behind the value that has just begun, and says what is wrong with it. */
    Flaw skip() {
        boolean hadBadNumber = hasBadNumber;
        boolean hadHalfPair = hasHalfPair;
        hasBadNumber = false;
        hasHalfPair = false;
        int around = depth - 1;
        while (depth > around) {
            next();
        }
        Flaw found = flaw();
        hasBadNumber = hadBadNumber;
        hasHalfPair = hadHalfPair;
        return found;
    }

    /** What is wrong with what has been gone through, but for what was skipped. */
    Flaw flaw() {
        if (hasBadNumber) {
            return Flaw.NUMBER;
        }
        return hasHalfPair ? Flaw.HALF_PAIR : Flaw.NONE;
    }

    /** What a tree of all that has been gone through would take, without the characters of its texts. */
    long treeBytes() {
        return treeBytes;
    }

    /** Notes that so much of a tree is kept when the scan has ended. */
    void keep(long bytes) {
        kept += bytes;
    }

    /** What is kept of a tree, in bytes. */
    long kept() {
        return kept;
    }
}

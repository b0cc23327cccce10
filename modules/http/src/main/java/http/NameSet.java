package http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The names of one JSON object while the object is being scanned, to detect duplicates. For one thread.
 *
 * <p>A hash table with open addressing. It stores the positions of the names in the text rather than the names. Callers
 * choose the names, so the hash depends on a secret: without the secret, a caller cannot construct names that collide.
 */
final class NameSet {

    /** Odd, so multiplying by it loses no bit of a hash. */
    private static final long SECRET = ThreadLocalRandom.current().nextLong() | 1;

    /** The size of the first table. A table grows when it is half full. */
    private static final int FEW = 16;

    private static final int EMPTY = 0;

    private final byte[] text;

    /** The names that contain escapes in the text, with their escapes decoded. */
    private final List<byte[]> unescaped = new ArrayList<>(0);

    /**
     * One entry for each name. The upper 32 bits are the hash of the name. The lower 32 bits are its place: for a name
     * in the text, the position of its first byte plus one; for a name in {@link #unescaped}, the negated index minus
     * one.
     */
    private long[] table = new long[FEW];

    private int size;

    /** @param text the JSON text, which must not change while this object is in use */
    NameSet(byte[] text) {
        this.text = text;
    }

    /** Removes all names, so that this object can be used for another JSON object. */
    NameSet clear() {
        if (table.length > FEW) {
            table = new long[FEW];
        } else if (size > 0) {
            Arrays.fill(table, EMPTY);
        }
        unescaped.clear();
        size = 0;
        return this;
    }

    /**
     * Adds a name that contains no escapes. A quotation mark must follow it in the text.
     *
     * @param from the position of its first byte in the text
     * @param length its length, in bytes
     * @return false when the name was already added
     */
    boolean add(int from, int length) {
        return add(text, from, length, from + 1);
    }

    /**
     * Adds a name that contains escapes in the text.
     *
     * @param name the decoded name, in UTF-8
     * @return false when the name was already added
     */
    boolean add(byte[] name) {
        unescaped.add(name);
        return add(name, 0, name.length, -unescaped.size());
    }

    private boolean add(byte[] source, int from, int length, int place) {
        if (2 * size >= table.length) {
            grow();
        }
        int hash = hash(source, from, length);
        int mask = table.length - 1;
        int at = hash & mask;
        while (table[at] != EMPTY) {
            if ((int) (table[at] >>> 32) == hash && isAt((int) table[at], source, from, length)) {
                return false;
            }
            at = (at + 1) & mask;
        }
        table[at] = (long) hash << 32 | Integer.toUnsignedLong(place);
        size++;
        return true;
    }

    private boolean isAt(int place, byte[] source, int from, int length) {
        if (place < 0) {
            byte[] other = unescaped.get(-place - 1);
            return Arrays.equals(other, 0, other.length, source, from, from + length);
        }
        int start = place - 1;
        return Arrays.equals(text, start, endOfName(start), source, from, from + length);
    }

    private int endOfName(int start) {
        int end = start;
        while (text[end] != '"') {
            end++;
        }
        return end;
    }

    private void grow() {
        long[] wider = new long[4 * table.length];
        int mask = wider.length - 1;
        for (long entry : table) {
            if (entry != EMPTY) {
                int at = (int) (entry >>> 32) & mask;
                while (wider[at] != EMPTY) {
                    at = (at + 1) & mask;
                }
                wider[at] = entry;
            }
        }
        table = wider;
    }

    private static int hash(byte[] source, int from, int length) {
        long hash = SECRET;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ source[i]) * SECRET;
            hash ^= hash >>> 29;
        }
        return (int) ((hash * SECRET) >>> 32);
    }
}

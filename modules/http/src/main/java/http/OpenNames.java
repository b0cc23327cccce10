package http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The names of the members of one JSON object that has begun, so that none comes twice. For one thread.
 *
 * <p>It is a hash table with open addressing that keeps where names are, not the names. The names are the caller's choice, so
 * their hashes depend on a secret: nobody can make up many names of one hash.
 */
final class OpenNames {

    /** Odd, so that no bit of a hash is lost. */
    private static final long SECRET = ThreadLocalRandom.current().nextLong() | 1;

    /** The first table; up to half as many names fit in. */
    private static final int FEW = 16;

    private static final int EMPTY = 0;

    private final byte[] text;

    /** Names that are written with escapes, without them. */
    private final List<byte[]> unescaped = new ArrayList<>(0);

    /**
     * Where each name is, with half of its hash above: in the text as the position of its first byte plus one, or in
     * {@link #unescaped} as the negated index minus one.
     */
    private long[] table = new long[FEW];

    private int size;

    /** @param text the JSON text, which must not change meanwhile */
    OpenNames(byte[] text) {
        this.text = text;
    }

    /** Forgets all names: another object begins. */
    OpenNames clear() {
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
     * Adds a name that stands in the text as it is, without escapes and with a quotation mark behind it.
     *
     * @return false when it is there already
     */
    boolean add(int from, int length) {
        return add(text, from, length, from + 1);
    }

    /** Adds a name that stands in the text with escapes, given without them; false when it is there already. */
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

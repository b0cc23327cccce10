package http;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The names of the members of one JSON object that has begun, so that none comes twice. For one thread.
 *
 * <p>A hash table of its own kind, as the names are the caller's: their hashes depend on a secret, so that nobody can make
 * up many names of one hash, and a name takes no more than its place in an array.
 */
final class OpenNames {

    /** Odd, so that no bit of a hash is lost. */
    private static final long SECRET = ThreadLocalRandom.current().nextLong() | 1;

    /** Up to so many names are compared one by one. */
    private static final int FEW = 8;

    private @Nullable String[] names = new @Nullable String[FEW];
    private int size;

    /** Forgets all names: another object begins. */
    OpenNames clear() {
        if (names.length > FEW) {
            names = new @Nullable String[FEW];
        } else {
            Arrays.fill(names, 0, size, null);
        }
        size = 0;
        return this;
    }

    /** Adds a name; false when it is there already. */
    boolean add(String name) {
        return (size < FEW && names.length == FEW) ? addToFew(name) : addToMany(name);
    }

    private boolean addToFew(String name) {
        for (int i = 0; i < size; i++) {
            if (name.equals(names[i])) {
                return false;
            }
        }
        names[size++] = name;
        return true;
    }

    private boolean addToMany(String name) {
        if (2 * size >= names.length) {
            grow();
        }
        int at = place(names, name);
        if (names[at] != null) {
            return false;
        }
        names[at] = name;
        size++;
        return true;
    }

    /** At most half of the places are taken. */
    private void grow() {
        @Nullable String[] wider = new @Nullable String[4 * names.length];
        for (String name : names) {
            if (name != null) {
                wider[place(wider, name)] = name;
            }
        }
        names = wider;
    }

    /** Where the name is, or is to be. */
    private static int place(@Nullable String[] table, String name) {
        int mask = table.length - 1;
        int at = (int) (hash(name) >>> 32) & mask;
        while (table[at] != null && !name.equals(table[at])) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static long hash(String name) {
        long hash = SECRET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * SECRET;
            hash ^= hash >>> 29;
        }
        return hash * SECRET;
    }
}

package push.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The kinds of the client events in one page of the audience index, each with a number. Kinds are compared by their
 * text, because two kinds may have the same hash.
 *
 * <p>One thread at a time asks for numbers. Any number of threads ask for the names of numbers that they have read
 * after the log's head, which is volatile.
 */
final class PageKinds {

    /** The number of a kind for which there is no room. */
    static final int NO_ROOM = -1;

    /** Room for more than a thousand kinds. All pages of an index together hold at most 8 MiB. */
    private static final int MAX_BYTES = 128 << 10;

    /** A node of the map with its slot, a boxed number, and a slot in the names. */
    private static final int KIND = 32 + 8 + 16 + 8;

    private Map<String, Integer> numbers = new HashMap<>();
    private volatile String[] names = new String[4];
    private long bytes;

    /** Returns the number of a kind, from 0 on; {@link #NO_ROOM} for a new kind if there is no room for it. */
    int number(String kind) {
        Integer known = numbers.get(kind);
        return known != null ? known : add(kind);
    }

    private int add(String kind) {
        long more = KIND + HeapSize.ofText(kind);
        if (bytes + more > MAX_BYTES) {
            return NO_ROOM;
        }
        bytes += more;
        int number = numbers.size();
        String[] room = number < names.length ? names : Arrays.copyOf(names, 2 * number);
        room[number] = kind;
        names = room; // volatile: a reader that sees the array sees its content
        numbers.put(kind, number);
        return number;
    }

    /** Called when the page is full: no thread asks for a number after this. */
    void seal() {
        numbers = Map.of();
    }

    /** Returns the kind with this number. */
    String name(int number) {
        return names[number];
    }
}

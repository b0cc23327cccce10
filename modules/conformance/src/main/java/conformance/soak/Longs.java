package conformance.soak;

import java.util.ArrayList;
import java.util.List;

/** A list of numbers that grows without copying. */
final class Longs {

    private static final int CHUNK = 1 << 12;

    private final List<long[]> chunks = new ArrayList<>();
    private int size;

    void add(long value) {
        if (size == chunks.size() * CHUNK) {
            chunks.add(new long[CHUNK]);
        }
        chunks.getLast()[size % CHUNK] = value;
        size++;
    }

    long get(int index) {
        return chunks.get(index / CHUNK)[index % CHUNK];
    }

    int size() {
        return size;
    }
}

package conformance.soak;

import java.util.ArrayList;
import java.util.List;

/** Numbers in a row, that grow without being copied. */
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

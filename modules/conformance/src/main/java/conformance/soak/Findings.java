package conformance.soak;

import java.util.ArrayList;
import java.util.List;

/** The breaches of one promise: their number, and the first few of them. */
final class Findings {

    private static final int MAX_KEPT = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String what) {
        if (count < MAX_KEPT) {
            first.add(what);
        }
        count++;
    }

    boolean none() {
        return count == 0;
    }

    /** The first breaches, one for each line. */
    List<String> first() {
        return first;
    }

    @Override
    public String toString() {
        return count + " times:\n    " + String.join("\n    ", first);
    }
}

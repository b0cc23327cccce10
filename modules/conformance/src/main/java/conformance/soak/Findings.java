package conformance.soak;

import java.util.ArrayList;
import java.util.List;

/** Where one promise was broken: how often, and the first few times. */
final class Findings {

    private static final int TOLD = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String what) {
        if (count < TOLD) {
            first.add(what);
        }
        count++;
    }

    boolean none() {
        return count == 0;
    }

    /** The first ones, one a line. */
    List<String> first() {
        return first;
    }

    @Override
    public String toString() {
        return count + " times:\n    " + String.join("\n    ", first);
    }
}

package notification;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Detects arrays for which the check of {@code uniqueItems} would take very long. The validator adds the elements to a
 * hash set. Its time is quadratic in the number of different elements with the same hash, and the caller controls the
 * elements.
 */
final class HashCollisions {

    /** The check of this many elements with the same hash takes some milliseconds. */
    static final int MAX = 1_000;

    private HashCollisions() {}

    /**
     * Whether an array in the value, at any depth, has more than {@value #MAX} different elements with the same hash.
     */
    static boolean tooManyIn(JsonNode value) {
        if (value.isArray() && value.size() > MAX && haveMany(value)) {
            return true;
        }
        for (JsonNode element : value) {
            if (element.isContainer() && tooManyIn(element)) {
                return true;
            }
        }
        return false;
    }

    private static boolean haveMany(JsonNode array) {
        Map<Integer, Elements> byHash = new HashMap<>();
        for (JsonNode element : array) {
            Elements same = byHash.computeIfAbsent(element.hashCode(), _ -> new Elements(element));
            if (!same.first.equals(element) && ++same.others > MAX) {
                return true;
            }
        }
        return false;
    }

    /** The elements with the same hash. */
    private static final class Elements {

        private final JsonNode first;
        private int others;

        Elements(JsonNode first) {
            this.first = first;
        }
    }
}

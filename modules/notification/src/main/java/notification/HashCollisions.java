package notification;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Finds arrays with which {@code uniqueItems} would take for ever: the validator puts their elements into a hash set, whose
 * time is quadratic in elements of one hash that differ, and the elements are the caller's.
 */
final class HashCollisions {

    /** So many elements of one hash take some milliseconds. */
    static final int MAX = 1_000;

    private HashCollisions() {}

    /** Whether an array in it, at any depth, has more than {@value #MAX} elements of one hash that differ. */
    static boolean areIn(JsonNode value) {
        if (value.isArray() && value.size() > MAX && haveMany(value)) {
            return true;
        }
        for (JsonNode element : value) {
            if (element.isContainer() && areIn(element)) {
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

    /** Those of one hash. */
    private static final class Elements {

        private final JsonNode first;
        private int others;

        Elements(JsonNode first) {
            this.first = first;
        }
    }
}

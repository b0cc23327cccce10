package auth;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A page of a list.
 *
 * @param items the items, in the order of the list
 * @param next the cursor of the next page; empty when there is none
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** A page ends after the item with which its texts reach this many characters. */
    private static final int MAX_TEXT = 256 << 10;

    /** The maximum size of an item in JSON without its texts, in bytes. */
    private static final int ITEM_BYTES = 320;

    /** The maximum size of a character in JSON, in bytes, except for control characters. */
    private static final int CHARACTER_BYTES = 3;

    /** The approximate maximum length of a page in JSON, in bytes. */
    static int bytes(int limit, int maxText) {
        return limit * ITEM_BYTES + CHARACTER_BYTES * Math.min(limit * maxText, MAX_TEXT);
    }

    /**
     * Cuts a page off a list.
     *
     * @param items the items from the start of the page; one more than {@code limit} if there are more
     * @param text the number of characters of an item's texts; long texts make a shorter page
     */
    static <T> Page<T> of(List<T> items, int limit, ToIntFunction<T> text, Function<T, String> cursorAfter) {
        int size = 0;
        int characters = 0;
        while (size < items.size() && size < limit && (size == 0 || characters < MAX_TEXT)) {
            characters += text.applyAsInt(items.get(size));
            size++;
        }
        if (size == items.size()) {
            return new Page<>(items, Optional.empty());
        }
        List<T> page = List.copyOf(items.subList(0, size));
        return new Page<>(page, Optional.of(cursorAfter.apply(page.getLast())));
    }
}

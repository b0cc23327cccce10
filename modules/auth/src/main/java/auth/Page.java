package auth;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next where the next part begins; empty when there is none
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** How many characters of text a page has at most, unless one item has more. */
    private static final int MAX_TEXT = 256 << 10;

    /** What an item takes in JSON without its texts, in bytes, at most. */
    private static final int ITEM_BYTES = 320;

    /** What a character takes in JSON, in bytes, at most but for control characters. */
    private static final int CHARACTER_BYTES = 3;

    /** The length of a page in JSON, in bytes: at most about as much. */
    static int bytes(int limit, int maxText) {
        return limit * ITEM_BYTES + CHARACTER_BYTES * Math.min(limit * maxText, MAX_TEXT);
    }

    /**
     * Cuts a page off a list.
     *
     * @param items one more than {@code limit} where there are more
     * @param text the number of characters of an item's texts: long ones make a shorter page
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

package auth;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next where the next part begins; empty when there is none
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** @param items one more than {@code limit} where there are more */
    static <T> Page<T> of(List<T> items, int limit, Function<T, String> cursorAfter) {
        if (items.size() <= limit) {
            return new Page<>(items, Optional.empty());
        }
        List<T> page = List.copyOf(items.subList(0, limit));
        return new Page<>(page, Optional.of(cursorAfter.apply(page.getLast())));
    }
}

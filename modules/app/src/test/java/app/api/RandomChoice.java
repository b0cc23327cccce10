package app.api;

import java.util.List;
import java.util.Random;

/**
 * Random choices that a seed repeats.
 *
 * @param random the source of all choices
 */
record RandomChoice(Random random) {

    /** One of the elements. */
    <T> T of(List<T> elements) {
        return elements.get(random.nextInt(elements.size()));
    }

    /** True once in {@code n} calls, on average. */
    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}

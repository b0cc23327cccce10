package benchmarks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MediansTest {

    private final Medians medians = new Medians();

    private void add(double... values) {
        for (double value : values) {
            medians.add("row", "column", value);
        }
    }

    @Test
    void oneDisturbedRoundDoesNotChangeTheMedian() {
        add(900, 3, 2);
        assertThat(medians.of("row", "column"), is(3.0));
    }

    @Test
    void anEvenNumberOfRoundsHasTheLowerMiddleFigure() {
        add(4, 1, 3, 2);
        assertThat(medians.of("row", "column"), is(2.0));
    }

    @Test
    void figuresOfOtherRowsAndColumnsDoNotMix() {
        add(1);
        medians.add("row", "other", 5);
        medians.add("other", "column", 7);
        assertThat(medians.of("row", "column"), is(1.0));
        assertThat(medians.of("row", "other"), is(5.0));
        assertThat(medians.of("other", "column"), is(7.0));
    }

    @Test
    void aMissingFigureIsRefused() {
        add(1);
        assertThrows(IllegalArgumentException.class, () -> medians.of("row", "other"));
    }
}

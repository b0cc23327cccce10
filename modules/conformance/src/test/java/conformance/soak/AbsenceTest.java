package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AbsenceTest {

    @Test
    void lastsUntilItsTimeAndItsSequenceAreReached() {
        Absence absence = new Absence(100, 50);
        assertThat(absence.isOver(99, 50, false), is(false));
        assertThat(absence.isOver(100, 49, false), is(false));
        assertThat(absence.isOver(100, 50, false), is(true));
    }

    @Test
    void ignoresTheLogOnceTheSoakIsCalm() {
        Absence absence = new Absence(100, 50);
        assertThat(absence.isOver(99, 0, true), is(false));
        assertThat(absence.isOver(100, 0, true), is(true));
    }

    @Test
    void isShortOrTooLongForASmallLog() {
        SplittableRandom random = new SplittableRandom(1);
        Set<Long> heads = Stream.generate(() -> Absence.from(0, 7, random).untilHead())
                .limit(100)
                .collect(Collectors.toSet());
        assertThat(heads, hasItems(7L, 7L + Phase.EXCESSIVE_LAG));
    }
}

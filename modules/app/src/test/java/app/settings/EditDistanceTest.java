package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "port, port, 0",
        "port, prt, 1",
        "port, poort, 1",
        "port, part, 1",
        "port, prot, 1",
        "capactiy, capacity, 1",
        "ca, abc, 3",
        "kitten, sitting, 3"
    })
    void countsTypingErrorsInBothDirections(String a, String b, int errors) {
        assertThat(EditDistance.between(a, b), is(errors));
        assertThat(EditDistance.between(b, a), is(errors));
    }

    @Test
    void boundDoesNotChangeTheResult() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String a = word(random);
            String b = word(random);
            for (int most = 0; most < 5; most++) {
                assertThat(
                        a + " " + b + " " + most,
                        EditDistance.isWithin(most, a, b),
                        is(EditDistance.between(a, b) <= most));
            }
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }
}

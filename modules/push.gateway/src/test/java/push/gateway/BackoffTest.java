package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"PT0.001S,PT0.001S", "PT0.001S,PT24H", "PT0.1S,PT10S", "PT0.007S,PT1S", "PT24H,PT24H"})
    void ceilingIsTheCappedPowerForEveryAttempt(Duration base, Duration cap) {
        Backoff backoff = new Backoff(base, cap);
        for (int failures = 0; failures <= 200; failures++) {
            BigInteger exact =
                    BigInteger.valueOf(base.toNanos()).shiftLeft(failures).min(BigInteger.valueOf(cap.toNanos()));
            assertThat(BigInteger.valueOf(backoff.ceiling(failures).toNanos()), is(exact));
        }
        assertThat(backoff.ceiling(Integer.MAX_VALUE), is(cap));
    }

    @Test
    void delayReachesBothBounds() {
        for (int failures = 0; failures <= 70; failures++) {
            assertThat(Backoff.DEFAULT.delay(failures, FixedRandom.HIGHEST), is(Backoff.DEFAULT.ceiling(failures)));
            assertThat(Backoff.DEFAULT.delay(failures, FixedRandom.LOWEST), is(Duration.ZERO));
        }
    }

    @Test
    void delaysAreUniformlyDistributed() {
        Random random = new Random(7);
        int[] quarters = new int[4];
        for (int i = 0; i < 4_000; i++) {
            Duration delay = Backoff.DEFAULT.delay(0, random);
            assertThat(
                    delay, allOf(greaterThanOrEqualTo(Duration.ZERO), lessThanOrEqualTo(Backoff.DEFAULT.ceiling(0))));
            quarters[Math.min(3, (int) (delay.toMillis() / 25))]++;
        }
        for (int quarter : quarters) {
            assertThat(quarter, allOf(greaterThan(850), lessThan(1_150)));
        }
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT1S", "PT-1S,PT1S", "PT0.0009S,PT1S", "PT2S,PT1S", "PT1S,PT24H0.001S"})
    void rejectsInvalidBoundsOfTheDelay(Duration base, Duration cap) {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(base, cap));
    }
}

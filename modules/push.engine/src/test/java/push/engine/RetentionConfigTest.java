package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionConfigTest {

    private static final Duration SHORTEST = Duration.ofNanos(1);

    private static void refused(
            String message, Duration window, int capacity, long bytes, Duration invalidations, int max) {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> new RetentionConfig(window, capacity, bytes, invalidations, max, 1));
        assertThat(refused.getMessage(), is(message));
    }

    @Test
    void theMinimumAndTheMaximumAreAccepted() {
        RetentionConfig least = new RetentionConfig(SHORTEST, 1, 1, SHORTEST, 1, 1);
        assertThat(least.freshnessWindow(), is(least.invalidations()));
        RetentionConfig most =
                new RetentionConfig(SHORTEST, 1_048_576, Long.MAX_VALUE, SHORTEST, Integer.MAX_VALUE, Long.MAX_VALUE);
        assertThat(most.ringCapacity(), is(RetentionConfig.MAX_RING_CAPACITY));
    }

    @Test
    void durationsArePositive() {
        refused(
                "freshnessWindow must be positive and at most PT876000H, but was PT0S",
                Duration.ZERO,
                1,
                1,
                SHORTEST,
                1);
        refused(
                "freshnessWindow must be positive and at most PT876000H, but was PT-1S",
                Duration.ofSeconds(-1),
                1,
                1,
                SHORTEST,
                1);
        refused("invalidations must be positive and at most PT876000H, but was PT0S", SHORTEST, 1, 1, Duration.ZERO, 1);
    }

    @Test
    void numbersAreWithinTheirBounds() {
        refused("ringCapacity must be 1 to 1048576, but was 0", SHORTEST, 0, 1, SHORTEST, 1);
        refused("ringCapacity must be 1 to 1048576, but was 1048577", SHORTEST, 1_048_577, 1, SHORTEST, 1);
        refused("ringMaxBytes must be 1 to 9223372036854775807, but was 0", SHORTEST, 1, 0, SHORTEST, 1);
        refused("maxInvalidations must be 1 to 2147483647, but was 0", SHORTEST, 1, 1, SHORTEST, 0);
        var refused =
                assertThrows(IllegalArgumentException.class, () -> new RetentionConfig(SHORTEST, 1, 1, SHORTEST, 1, 0));
        assertThat(refused.getMessage(), is("maxInvalidationBytes must be 1 to 9223372036854775807, but was 0"));
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(
                RetentionConfig.defaults(),
                is(new RetentionConfig(
                        Duration.ofMinutes(5), 1024, 67_108_864, Duration.ofHours(24), 65_536, 33_554_432)));
    }
}

package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class LagPolicyTest {

    @Test
    void withoutABufferOnlyTheEndOfTheLogCounts() {
        LagPolicy policy = new LagPolicy(0);
        assertThat(policy.floor(5, 0, 1, 1_000_000), is(5L));
        assertThat(policy.floor(5, 0, 100, 1_000_000), is(99L));
    }

    @Test
    void withABufferThatManyEventsMayWait() {
        LagPolicy policy = new LagPolicy(256);
        assertThat(policy.floor(0, 0, 1, 256), is(0L));
        assertThat(policy.floor(0, 0, 1, 257), is(1L));
        assertThat(policy.floor(0, 0, 1, 10_000), is(9_744L));
    }

    @Test
    void aLongReplayIsNotASlowConsumer() {
        LagPolicy policy = new LagPolicy(256);
        assertThat(policy.floor(0, 5_000, 1, 5_000), is(0L));
        assertThat(policy.floor(4_999, 5_000, 1, 9_000), is(4_999L));
        assertThat(policy.floor(5_000, 5_000, 1, 9_000), is(8_744L));
    }

    @Test
    void aLappedReplayContinuesAtTheStartOfTheLog() {
        assertThat(new LagPolicy(256).floor(0, 5_000, 101, 5_000), is(100L));
    }
}

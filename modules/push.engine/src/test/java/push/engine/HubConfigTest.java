package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HubConfigTest {

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LOST = Duration.ofSeconds(5);

    private static HubConfig config(int buffer, int max, Duration heartbeat) {
        return new HubConfig(RetentionConfig.defaults(), buffer, 9, max, heartbeat, GRACE, LOST, "n");
    }

    private static void refused(String message, int buffer, int max, Duration heartbeat) {
        var refused = assertThrows(IllegalArgumentException.class, () -> config(buffer, max, heartbeat));
        assertThat(refused.getMessage(), is(message));
    }

    @Test
    void theBufferIsNotNegative() {
        assertThat(config(0, 1, BEAT).subscriberBuffer(), is(0));
        assertThat(config(Integer.MAX_VALUE, 1, BEAT).subscriberBuffer(), is(Integer.MAX_VALUE));
        refused("subscriberBuffer must be 0 to 2147483647, but was -1", -1, 1, BEAT);
    }

    @Test
    void theBytesInFlightArePositive() {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> new HubConfig(RetentionConfig.defaults(), 0, 0, 1, BEAT, GRACE, LOST, "n"));
        assertThat(refused.getMessage(), is("subscriberInFlight must be 1 to 9223372036854775807, but was 0"));
    }

    @Test
    void theLimitOfSubscriptionsIsPositive() {
        assertThat(config(0, 1, BEAT).subscriberMax(), is(1));
        assertThat(config(0, Integer.MAX_VALUE, BEAT).subscriberMax(), is(Integer.MAX_VALUE));
        refused("subscriberMax must be 1 to 2147483647, but was 0", 0, 0, BEAT);
    }

    @Test
    void theHeartbeatIsPositive() {
        assertThat(config(0, 1, Duration.ofNanos(1)).heartbeat(), is(Duration.ofNanos(1)));
        refused("heartbeat must be positive and at most PT876000H, but was PT0S", 0, 1, Duration.ZERO);
        refused(
                "heartbeat must be positive and at most PT876000H, but was PT-0.000000001S",
                0,
                1,
                Duration.ofNanos(-1));
    }

    @Test
    void theGraceIsNotNegative() {
        HubConfig defaults = HubConfig.defaults();
        assertThat(defaults.withDrainGrace(Duration.ZERO).drainGrace(), is(Duration.ZERO));
        var refused = assertThrows(IllegalArgumentException.class, () -> defaults.withDrainGrace(Duration.ofNanos(-1)));
        assertThat(refused.getMessage(), is("drainGrace must be PT0S to PT876000H, but was PT-0.000000001S"));
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        HubConfig expected = new HubConfig(
                RetentionConfig.defaults(), 0, 256 << 10, 10_000, Duration.ofSeconds(15), GRACE, LOST, "");
        assertThat(HubConfig.defaults(), is(expected));
    }

    @Test
    void changingTheRetentionKeepsTheRest() {
        RetentionConfig other = new RetentionConfig(BEAT, 2, 3, BEAT, 4, 5);
        assertThat(config(5, 6, BEAT).with(other), is(new HubConfig(other, 5, 9, 6, BEAT, GRACE, LOST, "n")));
    }
}

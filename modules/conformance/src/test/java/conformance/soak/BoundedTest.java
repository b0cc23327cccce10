package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;

import java.util.List;
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

class BoundedTest {

    private static final long RETAINED = Phase.SHORT_LOG.maxRetainedBytes();

    private static void check(Samples samples, Matcher<? super List<String>> breaches) {
        assertThat(new Scene().with(samples).breachesOf(new Bounded()), breaches);
    }

    @Test
    void theAllowedMaximumIsAccepted() {
        check(new Samples(RETAINED, Bounded.MAX_RESIDENT_BYTES, List.of(), Map.of()), empty());
    }

    @Test
    void oneByteTooManyIsFound() {
        check(new Samples(RETAINED + 1, 1, List.of(), Map.of()), contains(containsString("were retained")));
        check(
                new Samples(1, Bounded.MAX_RESIDENT_BYTES + 1, List.of(), Map.of()),
                contains(containsString("the process uses")));
    }

    @Test
    void missingSamplesAreFound() {
        check(new Samples(0, 1, List.of(), Map.of()), contains(containsString("was not sampled")));
        check(new Samples(1, 0, List.of(), Map.of()), contains(containsString("was not sampled")));
    }

    @Test
    void aFailedHubIsFound() {
        check(new Samples(1, 1, List.of("SEVERE it broke"), Map.of()), contains("the hub logged: SEVERE it broke"));
    }
}

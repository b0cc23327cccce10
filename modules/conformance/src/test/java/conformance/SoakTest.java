package conformance;

import conformance.soak.Figures;
import conformance.soak.Mix;
import conformance.soak.Phase;
import conformance.soak.Run;
import conformance.soak.Soak;
import conformance.soak.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the promises under load, for fifty gateways with unreliable connections. {@code -Dsoak.seconds} is the time
 * for all hubs together; {@code -Dsoak.seed} repeats the faults of another run.
 */
class SoakTest {

    private static final Mix MIX = Mix.FULL;
    private static final long SECONDS = Long.getLong("soak.seconds", 60);
    private static final long SEED =
            Long.getLong("soak.seed", RandomGenerator.getDefault().nextLong(1_000_000));

    static List<Phase> hubs() {
        return MIX.phases();
    }

    @ParameterizedTest
    @MethodSource("hubs")
    void promisesHold(Phase hub) throws Exception {
        Duration time = Duration.ofSeconds(SECONDS).dividedBy(hubs().size());
        try {
            Run run = Soak.run(MIX, hub, SEED, time);
            System.out.println(Figures.of(run));
            Verdict.of(run);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("-Dsoak.seed=%d: %s".formatted(SEED, e.getMessage()), e);
        }
    }
}

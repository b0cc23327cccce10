package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import push.protocol.v1.StalePolicy;
import testing.Fault;

class ExercisedTest {

    private static final Profile SLOW = Profile.v1("slow", 1)
            .withNotices(StalePolicy.LIVE_TAIL)
            .onBadConnections()
            .readingSlowly();
    private static final Promise EXERCISED = new Exercised();

    @Test
    void anIdleRunIsFound() {
        Scene scene = new Scene();
        scene.subscriber(SLOW).resumed(0).got(1);
        List<String> findings = scene.breachesOf(EXERCISED);
        for (String what : List.of("8 client events", "2 revocations", "0 reconnects", "0 CUT faults", "0 gaps")) {
            assertThat(findings, hasItem(containsString(what)));
        }
    }

    @Test
    void exercisedPromisesAreNotFindings() {
        Scene scene = new Scene().with(new Samples(1, 1, List.of(), Map.of(Fault.Kind.CUT, 1L)));
        scene.subscriber(SLOW).resumed(0).cut().resumed(0).gap(0, 1, 1);
        List<String> findings = scene.breachesOf(EXERCISED);
        for (String what : List.of("reconnects", "CUT faults", "gaps")) {
            assertThat(findings, not(hasItem(containsString(what))));
        }
    }

    @Test
    void aLosslessPhaseNeedsNoGaps() {
        Scene scene = new Scene().at(Phase.ROOMY);
        scene.subscriber(SLOW).resumed(0);
        assertThat(scene.breachesOf(EXERCISED), not(hasItem(containsString("gaps"))));
    }
}

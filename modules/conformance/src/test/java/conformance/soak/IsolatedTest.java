package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;

import org.junit.jupiter.api.Test;
import push.protocol.v1.StalePolicy;

class IsolatedTest {

    private static final Profile STEADY = Profile.v1("steady", 1).withNotices(StalePolicy.LIVE_TAIL);
    private static final Profile CUT = Profile.v1("cut", 1).onBadConnections();
    private static final int[] ALL = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    private final Scene scene = new Scene();

    @Test
    void allEventsOnOneConnectionAreAccepted() {
        scene.subscriber(STEADY).resumed(0).got(ALL).heartbeat(10);
        scene.subscriber(CUT).connected(0).got(1).cut();
        assertThat(scene.breachesOf(new Isolated()), empty());
    }

    @Test
    void missingClientEventIsFound() {
        scene.subscriber(STEADY).resumed(0).got(1, 2, 3, 4, 6, 7, 8, 9, 10);
        assertThat(scene.breachesOf(new Isolated()), contains("steady-0 did not receive 5"));
    }

    @Test
    void missingInvalidationIsFound() {
        scene.subscriber(STEADY).resumed(0).got(1, 2, 3, 5, 6, 7, 8, 9, 10);
        assertThat(
                scene.breachesOf(new Isolated()),
                contains(containsString("steady-0 did not receive the invalidation of")));
    }

    @Test
    void gapIsFound() {
        scene.subscriber(STEADY).resumed(0).got(1, 2, 3, 4).gap(4, 5, 1).got(6, 7, 8, 9, 10);
        assertThat(scene.breachesOf(new Isolated()), hasItem(containsString("steady-0 received Gap")));
    }

    @Test
    void anEndedConnectionIsFound() {
        scene.subscriber(STEADY).resumed(0).got(ALL).cut().resumed(10);
        assertThat(scene.breachesOf(new Isolated()), contains(containsString("steady-0 received Ended")));
    }

    @Test
    void inALosslessPhaseNoSubscriberMayLoseAnything() {
        scene.at(Phase.ROOMY)
                .subscriber(CUT)
                .connected(0)
                .got(1, 2, 3)
                .cut()
                .connected(3)
                .got(5, 6, 7, 8, 9, 10);
        assertThat(
                scene.breachesOf(new Isolated()),
                contains(containsString("cut-0 did not receive the invalidation of")));
    }
}

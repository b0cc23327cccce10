package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import org.junit.jupiter.api.Test;

class UniqueTest {

    private static final Profile V1 = Profile.v1("v1", 1);

    private final Scene scene = new Scene();

    @Test
    void eachEventOnceForEachSubscriberIsAccepted() {
        scene.subscriber(V1).connected(0).got(1, 2).cut().connected(2).got(3, 4);
        scene.subscriber(V1).connected(0).got(1, 2, 3, 4);
        assertThat(scene.breachesOf(new Unique()), empty());
    }

    @Test
    void aClientEventRepeatedAfterACutIsFound() {
        scene.subscriber(V1).connected(0).got(1, 2).cut().connected(2).got(2, 3);
        assertThat(scene.breachesOf(new Unique()), contains("v1-0 received 2 twice"));
    }

    @Test
    void anInvalidationRepeatedAfterACutIsFound() {
        scene.subscriber(V1).connected(0).got(3, 4).cut().connected(4).got(4, 5);
        assertThat(scene.breachesOf(new Unique()), contains("v1-0 received 4 twice"));
    }
}

package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;

import org.junit.jupiter.api.Test;
import push.protocol.v1.Interest;
import push.protocol.v1.StalePolicy;

class InvalidationsSurviveTest {

    private static final Profile NOTICED = Profile.v1("noticed", 1).withNotices(StalePolicy.LIVE_TAIL);
    private static final int EARLIER = 77;

    private final Scene scene = new Scene();

    InvalidationsSurviveTest() {
        scene.subscriber(Profile.v1("v1", 1)).connected(0).got(1, 2, 4, 8);
    }

    @Test
    void invalidationsWithinAGapAreAccepted() {
        scene.subscriber(NOTICED)
                .resumed(0)
                .gap(0, 9, 7)
                .got(4)
                .cut()
                .resumed(4)
                .gap(4, 9, 4)
                .got(8, 10);
        assertThat(scene.breachesOf(new InvalidationsSurvive()), empty());
    }

    @Test
    void aLostInvalidationWithinAGapIsFound() {
        scene.subscriber(NOTICED).resumed(0).gap(0, 9, 7).got(4, 10);
        assertThat(
                scene.breachesOf(new InvalidationsSurvive()),
                contains(allOf(containsString("noticed-1 lost"), containsString("at 8"))));
    }

    @Test
    void lostInvalidationOfAV1SubscriberIsFound() {
        scene.subscriber(Profile.v1("v1", 1)).connected(0).got(1, 2, 3, 5);
        assertThat(
                scene.breachesOf(new InvalidationsSurvive()),
                contains(containsString("v1-1 lost"), containsString("v1-1 lost")));
    }

    @Test
    void aReportedLossIsAcceptedWithinItsGap() {
        scene.subscriber(NOTICED).resumed(0).gapWithInvalidations(0, 9, 7).got(10);
        scene.subscriber(NOTICED).resumed(0).gapWithInvalidations(0, 5, 4).got(10);
        assertThat(
                scene.breachesOf(new InvalidationsSurvive()),
                contains(allOf(containsString("noticed-2 lost"), containsString("at 8"))));
    }

    @Test
    void aSupersededInvalidationMayBeLost() {
        scene.earlierRevocationOfAnn(EARLIER);
        scene.subscriber(NOTICED).resumed(0).got(4, 8);
        assertThat(scene.breachesOf(new InvalidationsSurvive()), empty());
    }

    @Test
    void anEarlierInvalidationDoesNotReplaceTheLast() {
        scene.earlierRevocationOfAnn(EARLIER);
        scene.subscriber(NOTICED).resumed(0).gotInvalidation(2, EARLIER).got(8);
        assertThat(scene.breachesOf(new InvalidationsSurvive()), contains(containsString("at 4")));
    }

    @Test
    void onlyInvalidationsOfTheInterestsUsersAreRequired() {
        Profile anns =
                NOTICED.withInterest(Interest.newBuilder().addUserIds(Scene.ANN).addKinds("chat"));
        scene.subscriber(anns).resumed(0).got(4);
        scene.subscriber(anns).resumed(0).got(8);
        assertThat(scene.breachesOf(new InvalidationsSurvive()), contains(containsString("noticed-2 lost")));
    }
}

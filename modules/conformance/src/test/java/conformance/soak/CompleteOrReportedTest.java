package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;

import org.junit.jupiter.api.Test;
import push.protocol.v1.Interest;
import push.protocol.v1.StalePolicy;

class CompleteOrReportedTest {

    private static final Profile NOTICED = Profile.v1("noticed", 1).withNotices(StalePolicy.OLDEST_RETAINED);
    private static final Profile ANNS =
            NOTICED.withInterest(Interest.newBuilder().addUserIds(Scene.ANN));

    private final Scene scene = new Scene();

    @Test
    void allEventsOverSeveralConnectionsAreComplete() {
        scene.subscriber(NOTICED).resumed(0).got(1, 2, 3, 4).cut().resumed(4).got(5, 6, 7, 8, 9, 10);
        assertThat(scene.breachesOf(new CompleteOrReported()), empty());
    }

    @Test
    void missingInvalidationsAreIgnored() {
        scene.subscriber(NOTICED).resumed(0).got(1, 2, 3, 5, 6, 7, 9, 10);
        assertThat(scene.breachesOf(new CompleteOrReported()), empty());
    }

    @Test
    void missingEventIsFound() {
        scene.subscriber(NOTICED).resumed(0).got(1, 2, 5, 6, 7, 9, 10);
        assertThat(
                scene.breachesOf(new CompleteOrReported()),
                contains("noticed-0 neither received 3 nor a gap that covers it"));
    }

    @Test
    void eventsWithinAnExactGapAreReported() {
        scene.subscriber(NOTICED).resumed(0).got(1, 2).gap(2, 6, 3).got(4, 7, 8, 9, 10);
        assertThat(scene.breachesOf(new CompleteOrReported()), empty());
    }

    @Test
    void eventsJustOutsideAGapAreFound() {
        scene.subscriber(NOTICED).resumed(0).got(1).gap(2, 6, 3).got(8, 9, 10);
        assertThat(
                scene.breachesOf(new CompleteOrReported()),
                contains(containsString("neither received 2"), containsString("neither received 7")));
    }

    @Test
    void aGapWithAWrongCountIsFound() {
        scene.subscriber(NOTICED).resumed(0).got(1, 2).gap(2, 6, 4).got(7, 9, 10);
        scene.subscriber(NOTICED).resumed(0).got(1, 2).gap(2, 6, 2).got(7, 9, 10);
        assertThat(
                scene.breachesOf(new CompleteOrReported()),
                contains(
                        "noticed-0 got a gap of 4 from 2 to 6, but lost 3",
                        "noticed-1 got a gap of 2 from 2 to 6, but lost 3"));
    }

    @Test
    void aGapMayBeRepeatedAndLongerAfterACut() {
        scene.subscriber(NOTICED)
                .resumed(0)
                .got(1, 2)
                .gap(2, 5, 2)
                .cut()
                .resumed(2)
                .gap(2, 7, 4)
                .got(8, 9, 10);
        assertThat(scene.breachesOf(new CompleteOrReported()), empty());
    }

    @Test
    void aGapThatIsNotRepeatedAfterACutIsFound() {
        scene.subscriber(NOTICED)
                .resumed(0)
                .got(1, 2)
                .gap(2, 6, 3)
                .cut()
                .resumed(2)
                .got(7, 9, 10);
        assertThat(
                scene.breachesOf(new CompleteOrReported()),
                contains(
                        containsString("neither received 3"),
                        containsString("neither received 5"),
                        containsString("neither received 6")));
    }

    @Test
    void theRestOfAGapMayArriveAfterACutWithinIt() {
        scene.subscriber(NOTICED)
                .resumed(0)
                .got(1, 2)
                .gap(2, 7, 4)
                .got(4)
                .cut()
                .resumed(4)
                .got(5, 6, 7, 8, 9, 10);
        assertThat(scene.breachesOf(new CompleteOrReported()), empty());
    }

    @Test
    void aMissingRestOfAGapAfterACutWithinItIsFound() {
        scene.subscriber(NOTICED)
                .resumed(0)
                .got(1, 2)
                .gap(2, 7, 4)
                .got(4)
                .cut()
                .resumed(4)
                .got(7, 8, 9, 10);
        assertThat(
                scene.breachesOf(new CompleteOrReported()),
                contains(containsString("neither received 5"), containsString("neither received 6")));
    }

    @Test
    void onlyEventsWithinTheInterestAreRequired() {
        scene.subscriber(ANNS).resumed(0).got(1, 3, 5, 7, 9);
        assertThat(scene.breachesOf(new CompleteOrReported()), empty());
    }

    @Test
    void aMissingEventWithinTheInterestIsFound() {
        scene.subscriber(ANNS).resumed(0).got(1, 3, 7, 9);
        assertThat(scene.breachesOf(new CompleteOrReported()), contains(containsString("neither received 5")));
    }

    @Test
    void aGapMayCountLostEventsOutsideTheInterestButNoMore() {
        scene.subscriber(ANNS).resumed(0).got(1).gap(2, 6, 3).got(7, 9);
        scene.subscriber(ANNS).resumed(0).got(1).gap(2, 6, 4).got(7, 9);
        assertThat(
                scene.breachesOf(new CompleteOrReported()),
                contains("noticed-1 got a gap of 4 from 2 to 6, but lost 3"));
    }

    @Test
    void v1SubscribersAreNotChecked() {
        scene.subscriber(Profile.v1("v1", 1)).connected(0).got(1, 10);
        assertThat(scene.breachesOf(new CompleteOrReported()), empty());
    }
}

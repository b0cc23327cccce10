package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;

import org.junit.jupiter.api.Test;
import push.protocol.v1.Interest;
import push.protocol.v1.StalePolicy;

class InterestedTest {

    private static final Profile ANNS = Profile.v1("ann's", 1)
            .withNotices(StalePolicy.LIVE_TAIL)
            .withInterest(Interest.newBuilder().addUserIds(Scene.ANN));
    private static final Profile MAIL = Profile.v1("mail", 1)
            .withNotices(StalePolicy.LIVE_TAIL)
            .withInterest(Interest.newBuilder().addKinds("mail"));

    private final Scene scene = new Scene();

    @Test
    void matchingEventsAreAcceptedAndInvalidationsIgnoreKinds() {
        scene.subscriber(ANNS).connected(0).got(1, 3, 4);
        scene.subscriber(MAIL).connected(0).got(1, 4, 8);
        scene.subscriber(Profile.v1("v1", 1)).connected(0).got(1, 2, 4, 8);
        assertThat(scene.breachesOf(new Interested()), empty());
    }

    @Test
    void clientEventsOutsideTheInterestAreFound() {
        scene.subscriber(ANNS).connected(0).got(1, 2);
        scene.subscriber(MAIL).connected(0).got(6);
        assertThat(
                scene.breachesOf(new Interested()),
                contains(containsString("ann's-0 received 2, chat of"), containsString("mail-1 received 6, chat of")));
    }

    @Test
    void invalidationOfAnotherUserIsFound() {
        scene.subscriber(ANNS).connected(0).got(4, 8);
        assertThat(scene.breachesOf(new Interested()), contains("ann's-0 received the invalidation 8 of another user"));
    }
}

package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;

import org.junit.jupiter.api.Test;

class OrderedTest {

    private static final Profile V1 = Profile.v1("v1", 1);

    private final Scene scene = new Scene();

    @Test
    void publishedEventsInOrderAreAccepted() {
        scene.subscriber(V1).connected(0).got(1, 2, 3, 4, 5).cut().connected(4).got(5, 8, 10);
        scene.subscriber(V1).connected(0).got(4, 8);
        assertThat(scene.breachesOf(new Ordered()), empty());
    }

    @Test
    void eventsInAnotherOrderAreFound() {
        scene.subscriber(V1).connected(0).got(1, 3, 2);
        assertThat(scene.breachesOf(new Ordered()), contains("v1-0 received 2 after 3 on one connection"));
    }

    @Test
    void anEventThatDiffersFromThePublishedOneIsFound() {
        scene.subscriber(V1).connected(0).gotForged(2);
        scene.subscriber(V1).connected(0).gotForged(4);
        scene.subscriber(V1).connected(0).gotForged(Scene.HEAD + 1);
        assertThat(
                scene.breachesOf(new Ordered()),
                contains(
                        containsString("v1-0 received a client event at 2"),
                        containsString("v1-1 received a client event at 4"),
                        containsString("v1-2 received a client event at 11")));
    }

    @Test
    void anInvalidationWithoutARevocationIsFound() {
        scene.subscriber(V1).connected(0).gotInvalidation(4, 1);
        assertThat(scene.breachesOf(new Ordered()), contains(containsString("v1-0 received an invalidation at 4")));
    }

    @Test
    void invalidationInPlaceOfAClientEventIsFound() {
        scene.subscriber(V1).connected(0).gotInvalidation(5, Scene.fingerprint(4));
        assertThat(scene.breachesOf(new Ordered()), contains(containsString("v1-0 received an invalidation at 5")));
    }

    @Test
    void subscribersThatDisagreeAboutAnInvalidationAreFound() {
        scene.subscriber(V1).connected(0).got(4);
        scene.subscriber(V1).connected(0).gotInvalidation(4, Scene.fingerprint(8));
        assertThat(scene.breachesOf(new Ordered()), contains(containsString("v1-1 received an invalidation at 4")));
    }

    @Test
    void holeInTheLogIsFound() {
        scene.earlierRevocationOfAnn(1);
        assertThat(scene.breachesOf(new Ordered()), contains("the log ends with 10, but 11 events were published"));
    }

    @Test
    void messagesOutsideTheContractAreFound() {
        scene.subscriber(V1).connected(0).note(new Note.Unreadable("the cursor \"x\""));
        assertThat(scene.breachesOf(new Ordered()), hasItem("v1-0 received the cursor \"x\""));
    }
}

package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static push.protocol.v1.Opened.Resume.FRESH;
import static push.protocol.v1.Opened.Resume.OTHER_EPOCH;
import static push.protocol.v1.Opened.Resume.RESUMED;
import static push.protocol.v1.Opened.Resume.STALE;

import conformance.soak.Scene.Script;
import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import push.protocol.v1.Interest;
import push.protocol.v1.Opened.Resume;
import push.protocol.v1.StalePolicy;

class ResumableTest {

    private static final Profile NOTICED = Profile.v1("noticed", 1).withNotices(StalePolicy.LIVE_TAIL);
    private static final Profile V1 = Profile.v1("v1", 1);

    private final Scene scene = new Scene();

    private Script noticed() {
        return scene.subscriber(NOTICED);
    }

    @Test
    void resumedAndStaleWithAGapAreAccepted() {
        noticed()
                .connected(0)
                .opened(0, FRESH)
                .got(1, 2)
                .cut()
                .resumed(2)
                .got(3)
                .cut()
                .connected(3)
                .opened(3, STALE)
                .gap(3, 6, 2)
                .got(4, 7)
                .heartbeat(7);
        noticed().resumed(0).cut().connected(0).cut().resumed(0);
        scene.subscriber(V1).connected(0).got(1).cut().connected(1).got(2);
        assertThat(scene.breachesOf(new Resumable()), empty());
    }

    @Test
    void streamWithoutAnOpeningNoticeIsFound() {
        noticed().connected(0).got(1);
        assertThat(
                scene.breachesOf(new Resumable()),
                contains("noticed-0 expected Opened first, but received the event 1"));
    }

    @Test
    void aLateOpeningNoticeIsFound() {
        noticed().connected(0).heartbeat(0).opened(0, RESUMED).got(1);
        assertThat(
                scene.breachesOf(new Resumable()),
                contains(containsString("expected Opened first"), containsString("received Opened again")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Resume.class,
            names = {"FRESH", "OTHER_EPOCH", "FUTURE", "MALFORMED"})
    void otherOutcomesForACursorOfThisLogAreFound(Resume resume) {
        noticed().resumed(0).got(1).cut().connected(1).opened(1, resume);
        assertThat(scene.breachesOf(new Resumable()), contains(containsString("resumed from 1 as " + resume.name())));
    }

    @Test
    void firstConnectionCannotBeStale() {
        noticed().connected(0).opened(0, STALE).gap(0, 1, 1);
        noticed().connected(0).opened(0, OTHER_EPOCH);
        assertThat(
                scene.breachesOf(new Resumable()),
                contains(containsString("resumed from 0 as STALE"), containsString("resumed from 0 as OTHER_EPOCH")));
    }

    @Test
    void staleWithoutAGapIsFound() {
        noticed().resumed(0).got(1).cut().connected(1).opened(1, STALE).got(5);
        assertThat(
                scene.breachesOf(new Resumable()),
                contains("noticed-0 was stale, but instead of the gap the next message was: the event 5"));
    }

    @Test
    void aStaleStreamThatIsCutBeforeTheGapIsAccepted() {
        noticed()
                .resumed(0)
                .got(1)
                .cut()
                .connected(1)
                .opened(1, STALE)
                .cut()
                .resumed(1)
                .got(2);
        assertThat(scene.breachesOf(new Resumable()), empty());
    }

    @Test
    void noticeForAV1SubscriberIsFound() {
        scene.subscriber(V1).connected(0).heartbeat(0);
        assertThat(scene.breachesOf(new Resumable()), contains(containsString("v1-0 did not want notices")));
    }

    @Test
    void heartbeatAheadOfAnUndeliveredEventIsFound() {
        noticed().resumed(0).got(1, 2).heartbeat(3).cut().resumed(3).got(4, 5);
        assertThat(
                scene.breachesOf(new Resumable()),
                contains("noticed-0 received Heartbeat[cursor=3] before 3, which was not delivered yet"));
    }

    @Test
    void aHeartbeatMayPassOnlyEventsOutsideTheInterest() {
        Profile anns = NOTICED.withInterest(Interest.newBuilder().addUserIds(Scene.ANN));
        scene.subscriber(anns).resumed(0).got(1).heartbeat(2).got(3, 4).heartbeat(6);
        assertThat(scene.breachesOf(new Resumable()), contains(containsString("before 5")));
    }

    @Test
    void aHeartbeatAheadOfALaterInvalidationIsFound() {
        noticed().resumed(0).got(1, 2, 3).heartbeat(4).got(4);
        assertThat(
                scene.breachesOf(new Resumable()),
                contains("noticed-0 received 4, although 4 was safe to resume from"));
    }

    @Test
    void anUnfinishedGapDoesNotJustifyAHeartbeat() {
        noticed().resumed(0).got(1).gap(1, 3, 2).cut().resumed(1).heartbeat(3);
        assertThat(scene.breachesOf(new Resumable()), contains(containsString("before 2"), containsString("before 3")));
    }

    @Test
    void anEventFromBeforeTheConnectionsCursorIsFound() {
        noticed().resumed(0).got(1, 2).cut().resumed(2).got(2);
        assertThat(
                scene.breachesOf(new Resumable()),
                contains("noticed-0 received 2, although 2 was safe to resume from"));
    }

    @Test
    void cursorThatGoesBackIsFound() {
        noticed().resumed(0).got(1, 2, 3).heartbeat(2);
        assertThat(scene.breachesOf(new Resumable()), contains(containsString("went back from 3")));
    }

    @Test
    void anyStatusOfABrokenConnectionIsAccepted() {
        noticed().resumed(0).note(new Note.Ended(Status.UNKNOWN.withCause(new ClosedChannelException())));
        assertThat(scene.breachesOf(new Resumable()), empty());
    }

    @Test
    void statusesThatOnlyTheHubSendsAreFound() {
        noticed().resumed(0).note(new Note.Ended(Status.INTERNAL));
        noticed().resumed(0).note(new Note.Ended(Status.ABORTED));
        noticed().resumed(0).note(new Note.Ended(Status.INTERNAL.withCause(new IllegalStateException("bad frame"))));
        assertThat(
                scene.breachesOf(new Resumable()),
                contains(containsString("code=INTERNAL"), containsString("code=ABORTED"), containsString("bad frame")));
    }
}

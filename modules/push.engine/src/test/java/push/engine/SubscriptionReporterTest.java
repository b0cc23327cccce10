package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionReporterTest {

    private static final int MOST_TAKEOVERS = 20;

    private final TestHub hub = new TestHub(2, 100);
    private final LogCapture log = new LogCapture(Hub.class);

    @AfterEach
    void close() {
        log.close();
        hub.close();
    }

    private static TestRequest from(String cursor) {
        return TestRequest.of("g\u202e1").from(cursor);
    }

    /** Checks the log lines of a request about its gateway. */
    private void logs(TestRequest request, String... beginnings) throws SubscriptionRefused {
        hub.subscribe(request);
        assertThat(
                log.lines(),
                is(Stream.of(beginnings)
                        .map(line -> line.replace("; cursor=", "; gateway_client_id=g?1 cursor="))
                        .toList()));
    }

    @Test
    void malformedAndFutureCursorsAreWarnings() throws Exception {
        logs(
                from("gar\nbage"),
                "WARNING push subscribe with malformed cursor; resuming from live tail; cursor=gar?bage");
        hub.hub.end(hub.subscribe(from("")), End.CANCELLED);
        log.lines();
        logs(from("e-7"), "WARNING push subscribe with future cursor; resuming from live tail; cursor=e-7");
    }

    @Test
    void aCursorOfAnotherEpochIsAWarning() throws Exception {
        logs(from("then-1"), "WARNING push subscribe with other_epoch cursor; resuming from live tail; cursor=then-1");
    }

    @Test
    void aCursorOfAnotherEpochWithOldestRetainedReportsThat() throws Exception {
        logs(
                from("then-1").onStale(StalePolicy.OLDEST_RETAINED),
                "WARNING push subscribe with other_epoch cursor; resuming from oldest retained event; cursor=then-1");
    }

    @Test
    void aStaleCursorIsLoggedWithoutAWarning() throws Exception {
        hub.publish(1);
        hub.expire();
        hub.publish(1);
        logs(from("e-0"), "INFO push subscribe cursor stale; resuming from live tail; cursor=e-0");
        assertThat(hub.heard.words().contains("replaying 0"), is(false));
    }

    @Test
    void aStaleCursorWithOldestRetainedReportsThatAndTheReplay() throws Exception {
        hub.publish(1);
        hub.expire();
        hub.publish(3);
        logs(
                from("e-0").onStale(StalePolicy.OLDEST_RETAINED),
                "INFO push subscribe cursor stale; resuming from oldest retained event; cursor=e-0",
                "INFO push subscribe replay; cursor=e-0 events=3");
        assertThat(hub.heard.words().getLast(), is("replaying 3"));
    }

    @Test
    void aReplayIsLoggedAndCounted() throws Exception {
        hub.publish(2000);
        hub.heard.words();
        logs(from("e-1"), "INFO push subscribe replay; cursor=e-1 events=1999");
        assertThat(hub.heard.words(), is(List.of("replaying 1999")));
    }

    @Test
    void startEarliestIsLoggedInsteadOfTheCursor() throws Exception {
        hub.publish(1);
        logs(from("e-1").earliest(), "INFO push subscribe replay; cursor=earliest events=1");
    }

    @Test
    void ordinarySubscriptionsAreNotLogged() throws Exception {
        hub.publish(1);
        hub.heard.words();
        logs(from("e-1"));
        assertThat(hub.heard.words(), is(List.of()));
    }

    @Test
    void aReplacementIsLogged() throws Exception {
        hub.subscribe(from(""));
        logs(from(""), "INFO push subscription replaced; gateway_client_id=g?1");
    }

    @Test
    void aFightOverAnIdIsOneWarning() throws Exception {
        for (int i = 0; i <= MOST_TAKEOVERS; i++) {
            hub.subscribe(from(""));
        }
        log.lines();
        for (int i = 0; i < 3; i++) {
            var refused = assertThrows(SubscriptionRefused.class, () -> hub.subscribe(from("")));
            assertThat(refused.reason(), is(SubscriptionRefused.Reason.CONTESTED));
        }
        assertThat(
                log.lines(),
                is(List.of("WARNING push gateways fight over one id; the newest are refused; give each its own;"
                        + " gateway_client_id=g?1")));
    }

    @Test
    void dropsAreCountedEachTimeAndLoggedOnceForEachEpisode() throws Exception {
        Subscription slow = hub.subscribe(from(""));
        hub.heard.words();
        hub.publish(1002);
        hub.maintain();
        hub.publish(3);
        hub.maintain();
        assertThat(
                log.lines(),
                is(List.of("WARNING push subscription dropped event; gateway_client_id=g?1 cursor=e-0 events=1000")));
        assertThat(
                hub.heard.words().stream()
                        .filter(word -> word.startsWith("dropped"))
                        .toList(),
                is(List.of("dropped 1000 of g\u202e1", "dropped 3 of g\u202e1")));
        Drain.all(slow); // the reader catches up
        hub.publish(4);
        hub.maintain();
        assertThat(log.lines().toString(), containsString("cursor=e-1005 events=2"));
    }
}

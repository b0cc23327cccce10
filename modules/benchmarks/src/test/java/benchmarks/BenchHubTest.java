package benchmarks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import push.api.Outcome.NotPublished;

/**
 * Checks that the benchmarked hub accepts events and its readers get them. Otherwise the figures would be good and
 * meaningless.
 */
class BenchHubTest {

    @Test
    void everyParkedReaderTakesEveryEvent() {
        try (BenchHub hub = new BenchHub(Audience.PARKED_100)) {
            for (int i = 0; i < 10; i++) {
                hub.publish();
            }
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                while (hub.delivered() < 1000) {
                    Thread.onSpinWait();
                }
            });
            assertThat(hub.delivered(), is(1000L));
        }
    }

    @Test
    void aReaderTakesACompleteBatchAndNoEarlierEvents() throws Exception {
        try (BenchHub hub = new BenchHub(Audience.LAGGING_1)) {
            BenchHub.Reader reader = hub.subscribe("reader");
            for (int i = 0; i < BenchHub.BATCH; i++) {
                hub.publish();
            }
            assertThat(reader.take(), is(BenchHub.BATCH));
            assertThat(hub.delivered(), is((long) BenchHub.BATCH)); // the lagging reader took nothing
        }
    }

    @Test
    void aClosedHubAcceptsNoEventAndEndsItsReaders() throws Exception {
        BenchHub hub = new BenchHub(Audience.NONE);
        BenchHub.Reader reader = hub.subscribe("reader");
        hub.close();
        assertThat(reader.take(), is(0));
        assertThat(hub.publish(), is(new NotPublished(NotPublished.Reason.CLOSED)));
    }
}

package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static push.gateway.Events.event;

import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import push.protocol.v1.Notice;
import push.protocol.v1.PushEvent;
import testing.FreePort;

/** When the client makes the next attempt. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class ReconnectDelayTest {

    private final Recorder recorder = new Recorder();

    @Test
    void doublesTheDelayUntilAnEventIsDelivered() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TestHub.Script script = (request, stream) -> {
            int call = calls.incrementAndGet();
            if (call == 6) {
                stream.onNext(event(1));
            }
            stream.onError(Status.UNAVAILABLE.asException());
        };
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(500));
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = recorder.start(
                        GatewayOptions.of(hub.target(), "edge-1").withBackoff(backoff), TestTiming.WITHOUT_DELAY)) {
            List<Long> delays = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                delays.add(recorder.delays.take().toMillis());
            }
            assertThat(delays, contains(100L, 200L, 400L, 500L, 500L, 100L, 200L));
            assertThat(client.cursor(), is("e-1"));
        }
    }

    @Test
    void resetsTheBackoffAfterALongLivedConnection() throws Exception {
        AtomicLong now = new AtomicLong();
        AtomicInteger calls = new AtomicInteger();
        TestHub.Script script = (request, stream) -> {
            stream.onNext(PushEvent.newBuilder()
                    .setNotice(Notice.getDefaultInstance())
                    .build());
            if (calls.incrementAndGet() == 3) {
                now.addAndGet(Backoff.DEFAULT.cap().toNanos());
            }
            stream.onError(Status.UNAVAILABLE.asException());
        };
        Timing timing = new Timing(FixedRandom.HIGHEST, delay -> {}, now::get);
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = recorder.start(GatewayOptions.of(hub.target(), "edge-1"), timing)) {
            List<Long> delays = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                delays.add(recorder.delays.take().toMillis());
            }
            assertThat(delays, contains(100L, 200L, 100L, 200L));
            assertThat(client.cursor(), is(""));
        }
    }

    @Test
    void keepsTryingUntilAHubListens() throws Exception {
        int port = FreePort.any();
        AtomicInteger pauses = new AtomicInteger();
        List<TestHub> hubs = new ArrayList<>();
        Timing timing = new Timing(
                FixedRandom.HIGHEST,
                delay -> {
                    if (pauses.incrementAndGet() == 5) {
                        hubs.add(startOn(port));
                    }
                },
                () -> 0L);
        try (GatewayClient client =
                recorder.start(GatewayOptions.of(new Target("127.0.0.1", port), "edge-1"), timing)) {
            recorder.expect(1, 2);
            assertThat(pauses.get(), is(5));
            assertThat(recorder.statuses.take().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(client.end().isDone(), is(false));
        } finally {
            hubs.getFirst().close();
        }
    }

    private static TestHub startOn(int port) {
        try {
            return TestHub.start(port, TestHub.events(2, 20));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

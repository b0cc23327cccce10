package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static push.gateway.Events.event;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import push.protocol.v1.GoAway;
import push.protocol.v1.Notice;
import push.protocol.v1.PushEvent;
import testing.FreePort;

/** In which order the client tries several targets, and when it pauses. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class TargetsTest {

    private static final Duration BASE = Backoff.DEFAULT.base();

    private final Recorder recorder = new Recorder();

    @Test
    void resumesAtAnotherTargetWithoutAPauseAndPausesAfterARound() throws Exception {
        TestHub.Script oneEach = (request, stream) -> {
            stream.onNext(event(Events.number(request.getCursor()) + 1));
            stream.onError(Status.UNAVAILABLE.asException());
        };
        try (TestHub one = TestHub.start(oneEach);
                TestHub two = TestHub.start(oneEach);
                GatewayClient client = start(one.target(), two.target())) {
            recorder.expect(1, 4);
            assertThat(delays(4), contains(Duration.ZERO, BASE, Duration.ZERO, BASE));
            Set<String> cursors = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                cursors.add(one.requests.take().getCursor());
                cursors.add(two.requests.take().getCursor());
            }
            assertThat(cursors, is(Set.of("", "e-1", "e-2", "e-3")));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GoAway.Reason.class,
            names = {"SHUTDOWN", "DRAIN"})
    void goesToAnotherTargetAfterGoAwayWithoutWaitingForRetryAfter(GoAway.Reason reason) throws Exception {
        TestHub.Script script = (request, stream) -> {
            int next = Events.number(request.getCursor()) + 1;
            stream.onNext(event(next));
            if (next == 1) {
                stream.onNext(goAway(reason)); // then the hub waits
            }
        };
        try (TestHub one = TestHub.start(script);
                TestHub two = TestHub.start(script);
                GatewayClient client = start(one.target(), two.target())) {
            recorder.next(1);
            assertThat(recorder.delays.take(), is(Duration.ZERO));
            recorder.next(1); // the notice
            assertThat(recorder.next(1), is(List.of("e-2")));
            Set<String> cursors =
                    Set.of(one.requests.take().getCursor(), two.requests.take().getCursor());
            assertThat(cursors, is(Set.of("", "e-1")));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void findsTheOneTargetThatListens() throws Exception {
        try (TestHub hub = TestHub.start(TestHub.events(3, 20));
                GatewayClient client = recorder.start(
                        options(new Target("127.0.0.1", FreePort.any()), hub.target())
                                .withFailFast(true),
                        TestTiming.WITHOUT_DELAY)) {
            recorder.expect(1, 3);
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void failsFastAfterEachTargetHasFailed() throws Exception {
        TestHub.Script full = (request, stream) -> stream.onError(Status.RESOURCE_EXHAUSTED.asException());
        try (TestHub one = TestHub.start(full);
                TestHub two = TestHub.start(full);
                GatewayClient client = recorder.start(
                        options(one.target(), two.target()).withFailFast(true), TestTiming.WITHOUT_DELAY)) {
            assertThat(
                    client.end().get(Recorder.TIMEOUT_SECONDS, TimeUnit.SECONDS), instanceOf(End.NotConnected.class));
            assertThat(one.requests.size(), is(1));
            assertThat(two.requests.size(), is(1));
        }
    }

    @Test
    void doublesTheDelayWithEachRound() throws Exception {
        TestHub.Script full = (request, stream) -> stream.onError(Status.RESOURCE_EXHAUSTED.asException());
        try (TestHub one = TestHub.start(full);
                TestHub two = TestHub.start(full);
                GatewayClient client = start(one.target(), two.target())) {
            assertThat(
                    delays(6),
                    contains(
                            Duration.ZERO,
                            BASE,
                            Duration.ZERO,
                            BASE.multipliedBy(2),
                            Duration.ZERO,
                            BASE.multipliedBy(4)));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void startsAtEachTargetForSomeRandomness() {
        GatewayOptions options = options(new Target("a", 1), new Target("b", 1), new Target("c", 1));
        Set<String> first = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            Timing timing = new Timing(new SplittableRandom(seed), delay -> {}, () -> 0L);
            first.add(new TargetRounds(options, timing).current().authority());
        }
        assertThat(first, is(Set.of("a:1", "b:1", "c:1")));
    }

    @Test
    void leavesOutATargetUntilItsRetryAfterHasPassed() {
        AtomicLong now = new AtomicLong();
        Timing timing = new Timing(FixedRandom.LOWEST, delay -> {}, now::get);
        TargetRounds rounds = new TargetRounds(options(new Target("a", 1), new Target("b", 1)), timing);
        String away = rounds.current().authority();
        rounds.ended(Duration.ofSeconds(30), false);
        assertThat(rounds.moveOn(), is(true));
        String other = rounds.current().authority();
        for (int round = 0; round < 3; round++) {
            rounds.ended(Duration.ZERO, false);
            assertThat(rounds.moveOn(), is(false));
            assertThat(rounds.beginRound(), is(Duration.ZERO));
            assertThat(rounds.current().authority(), is(other));
        }
        rounds.ended(Duration.ofSeconds(40), false);
        assertThat(rounds.beginRound(), is(Duration.ofSeconds(30)));
        assertThat(rounds.current().authority(), is(away));
        now.set(Duration.ofSeconds(40).toNanos());
        rounds.ended(Duration.ZERO, true);
        assertThat(rounds.moveOn(), is(true));
        assertThat(rounds.current().authority(), is(other));
    }

    private GatewayClient start(Target... targets) {
        return recorder.start(options(targets), TestTiming.WITHOUT_DELAY);
    }

    private static GatewayOptions options(Target... targets) {
        return GatewayOptions.of(targets[0], "edge-1").withTargets(List.of(targets));
    }

    private List<Duration> delays(int count) throws InterruptedException {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            delays.add(recorder.delays.take());
        }
        return delays;
    }

    private static PushEvent goAway(GoAway.Reason reason) {
        return PushEvent.newBuilder()
                .setNotice(Notice.newBuilder()
                        .setGoAway(GoAway.newBuilder()
                                .setReason(reason)
                                .setRetryAfter(com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(30))))
                .build();
    }
}

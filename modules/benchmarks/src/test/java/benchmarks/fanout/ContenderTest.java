package benchmarks.fanout;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import benchmarks.process.LineServer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender delivers every event to every subscriber. Otherwise the comparison would be meaningless. */
class ContenderTest {

    private static final int EVENTS = 3000;

    private final Latencies latencies = new Latencies();
    private final List<Tally> tallies =
            Stream.generate(() -> new Tally(latencies)).limit(3).toList();

    static List<Contender> here() {
        return Arrays.stream(Contender.values()).filter(Contender::isAvailable).toList();
    }

    @ParameterizedTest
    @MethodSource("here")
    @Timeout(60)
    void everySubscriberGetsEveryEventOnce(Contender contender) {
        try (Target target = contender.target();
                Subscribers subscribers = contender.subscribers(target.port())) {
            for (int i = 0; i < tallies.size(); i++) {
                subscribers.add("gateway-" + i, tallies.get(i));
            }
            LineServer.await(() -> target.subscribers() == tallies.size());
            Publishing publishing = new Publishing(target, 256);
            publishing.flatOutCount(EVENTS);
            if (contender == Contender.REFERENCE_NETTY) {
                publishing.flatOutCount(EVENTS); // on a schedule its queue may overflow: FanoutSuite counts the losses
            } else {
                publishing.paced(10_000, EVENTS);
            }
            LineServer.await(() -> tallies.stream().allMatch(tally -> tally.next() == publishing.next()));
        }
        for (Tally tally : tallies) {
            assertThat(tally.received(), is(2L * EVENTS));
            assertThat(tally.repeated(), is(0L));
        }
    }

    static List<Contender> replaying() {
        return here().stream().filter(Contender::replays).toList();
    }

    @ParameterizedTest
    @MethodSource("replaying")
    @Timeout(60)
    void everyContenderThatCanReplayDoes(Contender contender) {
        try (Target target = contender.target();
                Subscribers subscribers = contender.subscribers(target.port())) {
            subscribers.add("gateway", tallies.getFirst());
            LineServer.await(() -> target.subscribers() == 1);
            subscribers.mark();
            LineServer.await(() -> target.subscribers() == 2);
            Publishing publishing = new Publishing(target, 256);
            publishing.paced(20_000, 101);
            LineServer.await(() -> tallies.getFirst().next() == publishing.next());
            assertThat(subscribers.replayNanos(100), is(greaterThan(TimeUnit.MICROSECONDS.toNanos(1))));
        }
    }
}

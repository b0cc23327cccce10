package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.protocol.v1.PushEvent;
import push.protocol.v1.Start;
import push.transport.gate.RawFrame;
import testing.ForeignGateway;

/** The hub writes nothing beyond a peer's windows and everything within them, on many streams of one connection. */
class WindowsTest {

    private static final UUID USER = new UUID(1, 1);
    private static final int WIDE = 1 << 30;
    private static final int[] STREAMS =
            IntStream.range(0, 30).map(i -> 2 * i + 1).toArray();

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofSeconds(60));

    @AfterEach
    void stop() {
        server.close();
    }

    private void publish(int events, int bytes) {
        String reason = "x".repeat(bytes);
        for (int i = 0; i < events; i++) {
            server.hub.publisher().invalidate(USER, null, reason, "");
        }
    }

    private static void subscribe(RawGateway gateway, int... streams) throws Exception {
        for (int stream : streams) {
            gateway.subscribe(
                    stream,
                    RawGateway.request("g" + stream).toBuilder()
                            .setStart(Start.START_EARLIEST)
                            .build());
        }
    }

    private static long received(RawGateway gateway) {
        return IntStream.of(STREAMS)
                .filter(s -> gateway.answer(s).whole() == 20)
                .count();
    }

    @RepeatedTest(3)
    void noWindowIsExceededAndEverythingIsWrittenWithinThem() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        publish(20, 5_000);
        try (RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, 7_777)) {
            WindowAccounts windows = new WindowAccounts(gateway, 7_777);
            subscribe(gateway, STREAMS);
            while (received(gateway) < STREAMS.length) {
                if (IntStream.of(STREAMS).noneMatch(s -> mayContinue(gateway, windows, s))) {
                    windows.open(unfinished(gateway, random), 30_000, random);
                }
                windows.took(gateway.read());
            }
            assertThat(
                    "seed " + seed,
                    sequences(gateway),
                    everyItem(is(sequences(gateway).getFirst())));
        }
    }

    private static boolean mayContinue(RawGateway gateway, WindowAccounts windows, int stream) {
        return windows.usable(stream) > 0 && gateway.answer(stream).whole() < 20;
    }

    private static int unfinished(RawGateway gateway, SplittableRandom random) {
        int[] left = IntStream.of(STREAMS)
                .filter(s -> gateway.answer(s).whole() < 20)
                .toArray();
        return left[random.nextInt(left.length)];
    }

    private static List<List<String>> sequences(RawGateway gateway) throws Exception {
        List<List<String>> sequences = new ArrayList<>();
        for (int stream : STREAMS) {
            sequences.add(gateway.answer(stream).messages().stream()
                    .map(PushEvent::getCursor)
                    .toList());
        }
        return sequences;
    }

    @Test
    void aStreamWithANegativeWindowWaitsUntilItIsPositive() throws Exception {
        publish(1, 200_000);
        try (RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, 10_000)) {
            WindowAccounts windows = new WindowAccounts(gateway, 10_000);
            subscribe(gateway, 1);
            while (windows.usable(1) > 0) {
                windows.took(gateway.read());
            }
            windows.initial(1_000, 1); // 9,000 less than nothing
            windows.grant(1, 9_000); // nothing
            gateway.ping();
            while (!gateway.readUntil(RawFrame.PING).has(RawFrame.ACK)) {
                // Everything that the hub wrote before has arrived.
            }
            assertThat(gateway.answer(1).bytes(), is(10_000));
            windows.grant(1, 1);
            windows.took(gateway.readUntil(RawFrame.DATA));
            assertThat(gateway.answer(1).bytes(), is(10_001));
            windows.initial(2_000, 1);
            while (windows.usable(1) > 0) {
                windows.took(gateway.read());
            }
            assertThat(gateway.answer(1).bytes(), is(11_001));
        }
    }

    @Test
    void noStreamStarvesIfTheConnectionsWindowIsSmall() throws Exception {
        publish(100, 5_000);
        try (RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, WIDE)) {
            WindowAccounts windows = new WindowAccounts(gateway, WIDE);
            subscribe(gateway, STREAMS);
            for (int stream : STREAMS) {
                gateway.answerBegun(stream);
            }
            for (int grants = 0; grants < 20 * STREAMS.length; grants++) {
                windows.grant(0, 1_000);
                gateway.readUntil(RawFrame.DATA);
            }
            List<Integer> bytes = IntStream.of(STREAMS)
                    .mapToObj(s -> gateway.answer(s).bytes())
                    .toList();
            assertThat(bytes, everyItem(is(greaterThan(0))));
        }
    }

    @Test
    void aForeignClientWithSmallWindowsAndManyStreamsGetsEverything() throws Exception {
        ManagedChannel channel = server.channel(20_000);
        List<ForeignGateway> gateways = IntStream.range(0, 50)
                .mapToObj(i -> new ForeignGateway(channel, ForeignGateway.request("g" + i, "")).readingAll())
                .toList();
        for (ForeignGateway gateway : gateways) {
            gateway.subscribed();
        }
        publish(1_000, 300);
        String head = server.hub.status().head().toString();
        for (ForeignGateway gateway : gateways) {
            String cursor = "";
            for (int i = 0; i < 1_000; i++) {
                cursor = gateway.next().getCursor(); // fails if the stream ends early
            }
            assertThat(cursor, is(head));
        }
    }
}

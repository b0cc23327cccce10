package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.protocol.v1.GatewaySubscribeRequest;
import push.transport.gate.RawFrame;
import testing.Await;
import testing.HeapInUse;
import testing.LiveThreads;

/** Nothing of a connection remains after its end, at whatever stage and in whatever way it ended. */
class ChurnTest {

    private static final int WARM_UP = 1_000;
    private static final int CONNECTIONS = 10_000;
    private static final int AT_ONCE = 16;

    /** Less than half a kilobyte for each connection, but more than the heap varies between two collections. */
    private static final long HEAP_MARGIN_BYTES = 4 << 20;

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofMinutes(1));
    private final AtomicInteger ids = new AtomicInteger();

    @AfterEach
    void stop() {
        server.close();
    }

    /** The stage that a connection reaches. */
    private enum Stage {
        CONNECTED,
        REFUSED,
        NO_GRPC,
        CALLED,
        REQUESTED_IN_PART,
        SUBSCRIBED,
        BLOCKED
    }

    /** How the connection ends then. */
    private enum Farewell {
        GOAWAY,
        RST_STREAM,
        FIN,
        TCP_RESET
    }

    @Test
    void tenThousandConnectionsLeaveNothingBehind() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        server.hub.publisher().invalidate(new UUID(1, 1), null, "x".repeat(100_000), "");
        churn(WARM_UP, random);
        int threads = LiveThreads.names().size();
        long heap = HeapInUse.bytes();
        churn(CONNECTIONS, random);
        Await.until(
                "seed " + seed + ": no more threads than before",
                Duration.ofSeconds(10),
                () -> LiveThreads.names().size() <= threads);
        assertThat("seed " + seed, HeapInUse.bytes() - heap, lessThan(HEAP_MARGIN_BYTES));
        assertThat("seed " + seed, server.connections(), is(0));
    }

    private void churn(int connections, SplittableRandom random) throws Exception {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> done = new ArrayList<>();
            for (int worker = 0; worker < AT_ONCE; worker++) {
                SplittableRandom own = random.split();
                done.add(workers.submit(() -> {
                    for (int i = 0; i < connections / AT_ONCE; i++) {
                        connectAndEnd(own);
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
        server.awaitNothingLeft();
        Await.until("no connection is left", Duration.ofSeconds(10), () -> server.connections() == 0);
        Await.until("no timer is left", Duration.ofSeconds(10), () -> server.timers() == 0);
    }

    private void connectAndEnd(SplittableRandom random) throws IOException {
        Stage[] stages = Stage.values();
        Farewell[] farewells = Farewell.values();
        try (RawGateway gateway = new RawGateway(server.port())) {
            come(gateway, stages[random.nextInt(stages.length)]);
            go(gateway, farewells[random.nextInt(farewells.length)]);
        }
    }

    private void come(RawGateway gateway, Stage stage) throws IOException {
        switch (stage) {
            case CONNECTED -> {}
            case REFUSED -> gateway.call(1, "grpc-encoding", "unknown").wholeAnswer(1);
            case NO_GRPC -> gateway.headers(1, 0, RawGateway.headersOf("GET")).wholeAnswer(1);
            case CALLED -> gateway.call(1, "grpc-timeout", "1H");
            case REQUESTED_IN_PART -> gateway.call(1, "grpc-timeout", "1H").data(1, 0, (byte) 0);
            case SUBSCRIBED -> subscribe(gateway, "").answerBegun(1);
            case BLOCKED ->
                subscribe(gateway, server.hub.status().epoch() + "-0").readUntil(RawFrame.DATA);
        }
    }

    private RawGateway subscribe(RawGateway gateway, String cursor) throws IOException {
        GatewaySubscribeRequest request = RawGateway.request("g" + ids.incrementAndGet()).toBuilder()
                .setCursor(cursor)
                .build();
        return gateway.call(1, "grpc-timeout", "1H").data(1, RawFrame.END_STREAM, RawGateway.message(request));
    }

    private static void go(RawGateway gateway, Farewell farewell) throws IOException {
        switch (farewell) {
            case GOAWAY -> gateway.goAway();
            case RST_STREAM -> gateway.cancel(1);
            case FIN -> gateway.finish();
            case TCP_RESET -> gateway.tear();
        }
    }
}

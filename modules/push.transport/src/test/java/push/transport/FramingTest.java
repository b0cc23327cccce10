package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.Start;
import push.transport.gate.RawFrame;

/** How messages are split into DATA frames. */
class FramingTest {

    private static final UUID USER = new UUID(1, 1);
    private static final int MAX_FRAME = 16_384;
    private static final int WIDE = 1 << 30;
    private static final GatewaySubscribeRequest EVERYTHING =
            RawGateway.request("g").toBuilder().setStart(Start.START_EARLIEST).build();

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
    }

    private void publish(String reason) {
        server.hub.publisher().invalidate(USER, null, reason, "");
    }

    private static List<String> reasons(RawAnswer answer) throws Exception {
        return answer.messages().stream()
                .map(PushEvent::getSessionInvalidation)
                .map(invalidation -> invalidation.getReason())
                .toList();
    }

    @Test
    void pendingMessagesShareAFrame() throws Exception {
        for (int i = 0; i < 50; i++) {
            publish("r" + i);
        }
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribe(1, EVERYTHING);
            gateway.readUntil(RawFrame.DATA);
            assertThat(gateway.answer(1).whole(), is(50));
        }
    }

    @Test
    void noFrameExceedsTheDefaultMaximum() throws Exception {
        publish("x".repeat(1 << 20));
        try (RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, WIDE)) {
            gateway.grant(0, WIDE).subscribe(1, EVERYTHING);
            int largest = 0;
            while (gateway.answer(1).bytes() < 1 << 20) {
                largest = Math.max(largest, gateway.readUntil(RawFrame.DATA).payload.length);
            }
            assertThat(largest, is(MAX_FRAME));
        }
    }

    @RepeatedTest(5)
    void everyByteArrivesInOrderThroughAnyWindows() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            published.add(text(random, i % 20 == 0 ? 1 << 20 : random.nextInt(20_000)));
        }
        published.subList(0, 30).forEach(this::publish); // the rest is published while these are read
        try (RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, 0)) {
            gateway.subscribe(1, EVERYTHING).answerBegun(1);
            published.subList(30, 60).forEach(this::publish);
            readAll(gateway, published.size(), random);
            assertThat("seed " + seed, reasons(gateway.answer(1)).equals(published), is(true));
        }
    }

    private static String text(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt('!', '~'));
        }
        return text.toString();
    }

    private static void readAll(RawGateway gateway, int messages, SplittableRandom random) throws Exception {
        WindowAccounts windows = new WindowAccounts(gateway, 0);
        while (gateway.answer(1).whole() < messages) {
            windows.open(1, 60_000, random);
            RawFrame frame = gateway.readUntil(RawFrame.DATA);
            assertThat(frame.payload.length, is(both(greaterThan(0)).and(lessThanOrEqualTo(MAX_FRAME))));
            windows.took(frame);
        }
    }
}

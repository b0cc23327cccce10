package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;
import push.protocol.v1.Start;
import push.transport.gate.ManualRuntime;
import push.transport.gate.RawFrame;
import testing.Await;

/** How a stream ends on the wire, including a stream whose window is used up. */
class TrailersTest {

    private static final UUID USER = new UUID(1, 1);
    private static final StreamLimits IMPATIENT = new StreamLimits(Duration.ofMillis(500), Duration.ofMinutes(1));

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
    }

    private static RawGateway subscribed(TestHub to) throws Exception {
        return new RawGateway(to.port()).subscribed("g");
    }

    /** A subscribed gateway whose window is used up. */
    private static RawGateway blocked(TestHub to) throws Exception {
        RawGateway gateway = subscribed(to);
        to.hub.publisher().invalidate(USER, null, "x".repeat(100_000), "");
        while (gateway.answer(1).bytes() < RawGateway.DEFAULT_WINDOW) {
            gateway.read();
        }
        return gateway;
    }

    private void endsWith(String status, String message, RawGateway gateway, TestHub of) throws Exception {
        RawAnswer answer = gateway.wholeAnswer(1);
        assertThat(answer.headers(), hasSize(2));
        assertThat(answer.headers().getFirst().get(":status"), is("200"));
        Map<String, String> trailers = answer.headers().getLast();
        assertThat(trailers.get("grpc-status"), is(status));
        assertThat(trailers.get("grpc-message"), containsString(message));
        assertThat(trailers.keySet(), contains("grpc-message", "grpc-status"));
        Await.until("nothing of the call is left", Duration.ofSeconds(5), () -> of.calls() == 0);
    }

    @Test
    void replaced() throws Exception {
        try (RawGateway older = subscribed(server);
                RawGateway newer = subscribed(server)) {
            assertThat(older.wholeAnswer(1).last("grpc-status"), is("10"));
            assertThat(older.answer(1).last("grpc-message"), containsString("replaced"));
            server.awaitEnds("ABORTED");
            server.hub.close();
            endsWith("14", "push service stopped", newer, server);
            server.awaitEnds("ABORTED", "UNAVAILABLE");
        }
    }

    @Test
    void replacedWhileBlocked() throws Exception {
        try (RawGateway older = blocked(server);
                RawGateway newer = subscribed(server)) {
            assertThat(older.wholeAnswer(1).last("grpc-status"), is("10"));
            newer.cancel(1);
            server.awaitNothingLeft();
        }
    }

    @Test
    void stopped() throws Exception {
        try (RawGateway gateway = subscribed(server)) {
            server.hub.close();
            endsWith("14", "push service stopped", gateway, server);
        }
    }

    @Test
    void stoppedWhileBlocked() throws Exception {
        try (RawGateway gateway = blocked(server)) {
            server.hub.close();
            endsWith("14", "push service stopped", gateway, server);
        }
    }

    @Test
    void stalled() throws Exception {
        ManualRuntime runtime = new ManualRuntime();
        StreamLimits limits = new StreamLimits(Duration.ofMinutes(2), Duration.ofDays(1));
        try (TestHub hub = new TestHub(limits, runtime);
                RawGateway gateway = blocked(hub)) {
            runtime.advance(Duration.ofMinutes(2));
            Await.until("the stream is ended", Duration.ofSeconds(10), () -> {
                runtime.advance(Duration.ofSeconds(1)); // a small step, so that the hub has time to write the trailers
                return hub.hub.status().subscribers() == 0;
            });
            endsWith("14", "stalled", gateway, hub);
        }
    }

    @Test
    void deadlinePassedWhileBlocked() throws Exception {
        server.hub.publisher().invalidate(USER, null, "x".repeat(100_000), "");
        String all = server.hub.status().epoch() + "-0";
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1, "grpc-timeout", "1S");
            var request = RawGateway.request("g").toBuilder().setCursor(all).build();
            gateway.data(1, RawFrame.END_STREAM, RawGateway.message(request));
            endsWith("4", "grpc-timeout", gateway, server);
            assertThat(gateway.answer(1).bytes(), greaterThan(0));
        }
    }

    @Test
    void aCancelledStreamGetsNoTrailers() throws Exception {
        try (RawGateway gateway = blocked(server)) {
            gateway.cancel(1);
            server.awaitNothingLeft();
            gateway.grant(1, 100_000).grant(0, 100_000).ping();
            RawFrame frame = gateway.read();
            while (frame.type != RawFrame.PING) {
                assertThat(frame.toString(), frame.stream, is(0));
                frame = gateway.read();
            }
            server.awaitEnds("CANCELLED");
        }
    }

    @Test
    void failed() throws Exception {
        try (TestHub broken = new TestHub(HubConfig.defaults(), IMPATIENT, _ -> {})) {
            broken.ends.failWhenWritten();
            try (RawGateway gateway = subscribed(broken)) {
                broken.hub.publisher().invalidate(USER, null, "", "");
                endsWith("13", "its log says why", gateway, broken);
                assertThat(broken.hub.status().subscribers(), is(0));
            }
        }
    }

    @Test
    void refused() throws Exception {
        server.hub.close();
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribe(1, RawGateway.request("late"));
            RawAnswer answer = gateway.wholeAnswer(1);
            assertThat(answer.headers(), hasSize(1));
            assertThat(answer.last("grpc-status"), is("14"));
            assertThat(answer.last("grpc-message"), is("push service stopped"));
        }
    }

    @Test
    void theMessageIsPercentEncoded() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            var interest = Interest.newBuilder().addUserIds("b\u00f6b%");
            gateway.subscribe(
                    1, RawGateway.request("g").toBuilder().setInterest(interest).build());
            assertThat(gateway.wholeAnswer(1).last("grpc-message"), containsString("b%C3%B6b%25"));
        }
    }

    /** A stream that is no longer served must end, because otherwise its gateway would wait forever. */
    @Test
    void errorOnTheStreamsOwnThread() throws Exception {
        try (TestHub failing = new TestHub((_, _, _) -> {
            throw new Error("no memory for this");
        })) {
            failing.hub.publisher().invalidate(USER, null, "before", "");
            GatewaySubscribeRequest earliest = RawGateway.request("g").toBuilder()
                    .setStart(Start.START_EARLIEST)
                    .build();
            try (RawGateway gateway = new RawGateway(failing.port()).subscribe(1, earliest)) {
                endsWith("13", "the hub failed", gateway, failing);
            }
            failing.awaitEnds("INTERNAL");
        }
    }

    @Test
    void errorOnTheDispatchersThread() throws Exception {
        AtomicInteger batches = new AtomicInteger();
        DeliveryTracer second = (_, _, _) -> {
            if (batches.incrementAndGet() == 2) {
                throw new Error("no memory for this");
            }
            return DeliveryTracer.Batch.UNTRACED;
        };
        try (TestHub failing = new TestHub(second);
                RawGateway gateway = subscribed(failing);
                RawGateway other = new RawGateway(failing.port()).subscribed("other")) {
            failing.hub.publisher().invalidate(USER, null, "one for both", "");
            Await.until("one stream has failed", Duration.ofSeconds(10), () -> failing.calls() == 1);
            boolean first = failing.hub.subscriptions().stream()
                    .noneMatch(left -> left.gatewayClientId().equals("g"));
            RawGateway ended = first ? gateway : other;
            RawGateway alive = first ? other : gateway;
            assertThat(ended.wholeAnswer(1).last("grpc-status"), is("13"));
            failing.hub.publisher().invalidate(USER, null, "another", "");
            while (alive.answer(1).whole() < 2) {
                alive.read();
            }
            failing.awaitEnds("INTERNAL");
        }
    }

    /** RFC 9113, section 5.1. The window that is opened after the reset is the connection's. */
    @Test
    void nothingIsSentOnAStreamAfterItsReset() throws Exception {
        try (RawGateway gateway =
                new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, 1 << 30).subscribed("g")) {
            server.hub.publisher().invalidate(USER, null, "x".repeat(500_000), "");
            while (gateway.answer(1).bytes() < RawGateway.DEFAULT_WINDOW) {
                gateway.read();
            }
            gateway.cancel(1).grant(0, 1 << 30).ping();
            RawFrame frame = gateway.read();
            while (frame.type != RawFrame.PING) {
                assertThat(frame.type, is(not(RawFrame.DATA)));
                frame = gateway.read();
            }
            server.awaitEnds("CANCELLED");
            assertThat(gateway.answer(1).bytes(), is(RawGateway.DEFAULT_WINDOW));
        }
    }

    @Test
    void theTraceOfABatchIsClosedEvenIfTheBatchIsNeverCompletelyWritten() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        DeliveryTracer counting = (_, _, _) -> {
            begun.incrementAndGet();
            return new DeliveryTracer.Batch() {
                @Override
                public void written() {}

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        };
        try (TestHub traced = new TestHub(counting)) {
            GatewaySubscribeRequest withNotices =
                    RawGateway.request("g").toBuilder().setWantNotices(true).build();
            try (RawGateway older = new RawGateway(traced.port()).subscribe(1, withNotices)) {
                older.answerBegun(1);
                traced.hub.publisher().invalidate(USER, null, "x".repeat(100_000), "");
                while (older.answer(1).bytes() < RawGateway.DEFAULT_WINDOW) {
                    older.read();
                }
                try (RawGateway newer = new RawGateway(traced.port()).subscribe(1, withNotices)) {
                    newer.answerBegun(1);
                    traced.awaitEnds("ABORTED");
                }
            }
            traced.awaitNothingLeft();
            Await.until("each trace is closed", Duration.ofSeconds(10), () -> closed.get() == begun.get());
        }
    }
}

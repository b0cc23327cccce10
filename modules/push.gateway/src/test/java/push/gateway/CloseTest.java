package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static push.gateway.Events.event;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How {@link GatewayClient#close} ends a client, whatever the client is waiting for. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class CloseTest {

    private static final int PROMPT_SECONDS = 2;

    private final Recorder recorder = new Recorder();

    @Test
    void closeCancelsAnIdleStreamAtTheHub() throws Exception {
        try (TestHub hub = TestHub.start(TestHub.events(1, 20));
                GatewayClient client = start(hub.target())) {
            recorder.expect(1, 1);
            client.close();
            client.close();
            assertThat(hub.cancellations.poll(PROMPT_SECONDS, TimeUnit.SECONDS), is(true));
            assertThat(client.end().get(PROMPT_SECONDS, TimeUnit.SECONDS), is(new End.Closed()));
            assertThat(hub.requests.size(), is(1));
        }
    }

    @Test
    void closeCancelsTheStreamAtTheHubWhileTheHandlerRuns() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        EventHandler handler = event -> {
            handling.countDown();
            go.await();
            interrupted.set(Thread.currentThread().isInterrupted());
            recorder.handle(event);
        };
        try (TestHub hub = TestHub.start(TestHub.events(100, 20));
                GatewayClient client = GatewayClient.start(GatewayOptions.of(hub.target(), "edge-1"), handler)) {
            handling.await();
            client.close();
            assertThat(hub.cancellations.poll(PROMPT_SECONDS, TimeUnit.SECONDS), is(true));
            assertThat(client.end().isDone(), is(false));
            go.countDown();
            assertThat(client.end().get(PROMPT_SECONDS, TimeUnit.SECONDS), is(new End.Closed()));
            assertThat(interrupted.get(), is(false));
            assertThat(recorder.unread(), is(1));
            assertThat(client.cursor(), is("e-1"));
        }
    }

    @Test
    void closeInTheHandlerPreventsFurtherCalls() throws Exception {
        CompletableFuture<GatewayClient> self = new CompletableFuture<>();
        EventHandler handler = event -> {
            recorder.handle(event);
            if (event.getCursor().equals("e-3")) {
                self.get().close();
            }
        };
        try (TestHub hub = TestHub.start(TestHub.events(100, 20));
                GatewayClient client = GatewayClient.start(GatewayOptions.of(hub.target(), "edge-1"), handler)) {
            self.complete(client);
            assertThat(client.awaitEnd(), is(new End.Closed()));
            recorder.expect(1, 3);
            assertThat(recorder.unread(), is(0));
            assertThat(client.cursor(), is("e-3"));
            assertThat(hub.cancellations.poll(PROMPT_SECONDS, TimeUnit.SECONDS), is(true));
        }
    }

    @Test
    void closeEndsABackoffDelay() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Timing timing = new Timing(
                FixedRandom.HIGHEST,
                delay -> {
                    pausing.countDown();
                    never.await();
                },
                () -> 0L);
        try (TestHub hub = TestHub.start((request, stream) -> stream.onCompleted());
                GatewayClient client =
                        GatewayClient.start(GatewayOptions.of(hub.target(), "edge-1"), recorder, recorder, timing)) {
            pausing.await();
            client.close();
            assertThat(client.end().get(PROMPT_SECONDS, TimeUnit.SECONDS), is(new End.Closed()));
        }
    }

    @Test
    void closeEndsAConnectionAttempt() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                GatewayClient client = start(new Target("127.0.0.1", silent.getLocalPort()))) {
            silent.accept().getInputStream().readNBytes(24);
            client.close();
            assertThat(client.end().get(PROMPT_SECONDS, TimeUnit.SECONDS), is(new End.Closed()));
        }
    }

    @Test
    void closeEndsTheWaitForAResponse() throws Exception {
        try (TestHub hub = TestHub.start((request, stream) -> {});
                GatewayClient client = start(hub.target())) {
            hub.requests.take();
            client.close();
            assertThat(client.end().get(PROMPT_SECONDS, TimeUnit.SECONDS), is(new End.Closed()));
            assertThat(hub.cancellations.poll(PROMPT_SECONDS, TimeUnit.SECONDS), is(true));
        }
    }

    @Test
    void completingTheReturnedFutureDoesNotAffectTheClient() throws Exception {
        try (TestHub hub = TestHub.start(TestHub.events(1, 20));
                GatewayClient client = start(hub.target())) {
            client.end().complete(new End.Closed());
            assertThat(client.end().isDone(), is(false));
            client.close();
            assertThat(client.awaitEnd(), instanceOf(End.Closed.class));
        }
    }

    private GatewayClient start(Target target) {
        return GatewayClient.start(GatewayOptions.of(target, "edge-1").withKeepAlive(Duration.ofSeconds(10)), recorder);
    }
}

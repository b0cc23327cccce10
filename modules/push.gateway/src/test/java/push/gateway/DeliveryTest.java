package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static push.gateway.Events.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Heartbeat;
import push.protocol.v1.Notice;
import push.protocol.v1.PushEvent;

/** What the client delivers to its handler. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class DeliveryTest {

    private static final int PROMPT_SECONDS = 2;

    private final Recorder recorder = new Recorder();

    @Test
    void deliversInOrderOnOneThread() throws Exception {
        int last = 20_000;
        List<String> cursors = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(last);
        try (TestHub hub = TestHub.start(TestHub.events(last, 200));
                GatewayClient client = GatewayClient.start(GatewayOptions.of(hub.target(), "edge-1"), event -> {
                    cursors.add(event.getCursor());
                    threads.add(Thread.currentThread());
                    all.countDown();
                })) {
            assertThat(all.await(Recorder.TIMEOUT_SECONDS, TimeUnit.SECONDS), is(true));
            client.close();
            assertThat(client.awaitEnd(), is(new End.Closed()));
            assertThat(cursors, is(cursors(last)));
            assertThat(threads.stream().distinct().count(), is(1L));
        }
    }

    @Test
    void readsMessagesAcrossFrameBoundaries() throws Exception {
        byte[] stream = RawHub.messages(event(1), event(2), event(3, 20_000), event(4), event(5));
        RawHub.Script script = (connection, call) -> {
            call.accept();
            for (int from = 0, size = 1; from < stream.length; from += size, size = size * 2 % 16_381) {
                call.data(java.util.Arrays.copyOfRange(stream, from, Math.min(from + size, stream.length)));
            }
            call.data(RawHub.messages(event(6), event(7), event(8)));
            call.readUntilClosed(true);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = start(hub.target())) {
            recorder.expect(1, 8);
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void deliversEventsThatArrivedBeforeTheHubFailed() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        RawHub.Script script = (connection, call) -> {
            if (connection == 0) {
                call.accept();
                for (int n = 1; n <= 10; n++) {
                    call.data(RawHub.messages(event(n)));
                }
                try {
                    call.finish();
                } finally {
                    dead.countDown();
                }
            }
        };
        EventHandler handler = event -> {
            dead.await();
            recorder.handle(event);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = GatewayClient.start(GatewayOptions.of(hub.target(), "edge-1"), handler)) {
            recorder.expect(1, 10);
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void appliesBackPressureWhileTheHandlerRuns() throws Exception {
        int last = 20_000;
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Recorder slow = new Recorder();
        TestHub.Script whenReady = (request, stream) -> stream.setOnReadyHandler(() -> {
            while (stream.isReady() && sent.get() < last) {
                stream.onNext(event(sent.incrementAndGet(), 1_000));
            }
            full.countDown();
        });
        TestHub.Script script =
                (request, stream) -> (request.getGatewayClientId().equals("slow")
                                ? whenReady
                                : TestHub.events(last, 200))
                        .play(request, stream);
        EventHandler handler = event -> {
            go.await();
            slow.handle(event);
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = GatewayClient.start(GatewayOptions.of(hub.target(), "slow"), handler)) {
            full.await();
            // Gives the hub time to send more, if it can: meanwhile another gateway receives as many events.
            try (GatewayClient other = start(hub.target())) {
                recorder.expect(1, last);
                assertThat(other.end().isDone(), is(false));
            }
            // The window of 64 KiB, a frame that is being handled, and the server's own buffer of 32 KiB.
            assertThat(sent.get(), is(lessThan(150)));
            assertThat(client.cursor(), is(""));
            go.countDown();
            slow.expect(1, last);
        }
    }

    @Test
    void skipsARepeatedEvent() throws Exception {
        TestHub.Script script = (request, stream) -> {
            stream.onNext(event(1));
            stream.onNext(event(1));
            stream.onNext(event(2));
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = start(hub.target())) {
            assertThat(recorder.next(2), contains("e-1", "e-2"));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void deliversNoticesAndStoresTheirCursors() throws Exception {
        PushEvent.Builder heartbeat =
                PushEvent.newBuilder().setNotice(Notice.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
        AtomicInteger calls = new AtomicInteger();
        TestHub.Script script = (request, stream) -> {
            if (calls.getAndIncrement() == 0) {
                stream.onNext(event(1));
                stream.onNext(heartbeat.setCursor("e-1").build());
                stream.onNext(heartbeat.setCursor("e-5").build());
                stream.onNext(heartbeat.setCursor("").build());
                stream.onCompleted();
            }
        };
        var subscription = GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId("edge-1")
                .setWantNotices(true)
                .build();
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = GatewayClient.start(GatewayOptions.of(hub.target(), subscription), recorder)) {
            assertThat(recorder.next(4), contains("e-1", "e-1", "e-5", ""));
            assertThat(hub.requests.take().getWantNotices(), is(true));
            assertThat(hub.requests.take().getCursor(), is("e-5"));
            assertThat(client.cursor(), is("e-5"));
        }
    }

    @Test
    void endsWithTheHandlersExceptionAndResumesBeforeTheEvent() throws Exception {
        Exception failure = new Exception("disk full");
        EventHandler handler = event -> {
            if (event.getCursor().equals("e-3")) {
                throw failure;
            }
        };
        try (TestHub hub = TestHub.start(TestHub.events(5, 20));
                GatewayClient client = GatewayClient.start(GatewayOptions.of(hub.target(), "edge-1"), handler)) {
            End end = client.end().get(Recorder.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(end, is(new End.Failed(failure)));
            assertThat(client.cursor(), is("e-2"));
            assertThat(hub.cancellations.poll(PROMPT_SECONDS, TimeUnit.SECONDS), is(true));

            var again = GatewaySubscribeRequest.newBuilder()
                    .setGatewayClientId("edge-1")
                    .setCursor(client.cursor())
                    .build();
            try (GatewayClient next = GatewayClient.start(GatewayOptions.of(hub.target(), again), recorder)) {
                assertThat(recorder.next(3), contains("e-3", "e-4", "e-5"));
                assertThat(next, is(not(sameInstance(client))));
            }
        }
    }

    @Test
    void endsWithTheListenersException() throws Exception {
        IllegalStateException failure = new IllegalStateException("console gone");
        ConnectionListener listener = new ConnectionListener() {
            @Override
            public void connected() {
                throw failure;
            }
        };
        try (TestHub hub = TestHub.start(TestHub.events(1, 20));
                GatewayClient client =
                        GatewayClient.start(GatewayOptions.of(hub.target(), "edge-1"), recorder, listener)) {
            assertThat(client.end().get(Recorder.TIMEOUT_SECONDS, TimeUnit.SECONDS), is(new End.Failed(failure)));
            assertThat(recorder.unread(), is(0));
        }
    }

    @Test
    void continuesAfterAHandlerThatInterruptsItsThread() throws Exception {
        EventHandler handler = event -> {
            recorder.handle(event);
            Thread.currentThread().interrupt();
        };
        try (TestHub hub = TestHub.start(TestHub.events(500, 1_000));
                GatewayClient client =
                        GatewayClient.start(GatewayOptions.of(hub.target(), "edge-1"), handler, recorder)) {
            recorder.expect(1, 500);
            assertThat(recorder.statuses.size(), is(0));
            assertThat(client.end().isDone(), is(false));
        }
    }

    private GatewayClient start(Target target) {
        return GatewayClient.start(GatewayOptions.of(target, "edge-1").withKeepAlive(Duration.ofSeconds(10)), recorder);
    }

    private static List<String> cursors(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(n -> "e-" + n).toList();
    }
}

package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import push.engine.HubConfig;
import push.engine.SubscriptionStatus;
import push.protocol.v1.PushEvent;
import push.transport.gate.RawFrame;
import testing.Await;

/**
 * A reader that reads little or nothing delays no other reader. It gets all events in order once it reads, and is ended
 * if it does not. A partial write continues where it stopped.
 */
@Timeout(60)
class SlowReadersTest {

    private static final UUID USER = new UUID(1, 1);
    private static final int WIDE = 1 << 30;

    /** More than the buffers between hub and reader hold, and less than the log retains. */
    private static final List<String> MUCH = reasons(new SplittableRandom(1), 500, 40_000);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final StreamLimits IMPATIENT = new StreamLimits(Duration.ofMillis(500), Duration.ofMinutes(1));

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofMinutes(1));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    /** A gateway whose windows hold everything that a test publishes, so that only its socket blocks. */
    private static RawGateway wide(TestHub to, String id) throws IOException {
        return new RawGateway(to.port(), RawGateway.INITIAL_WINDOW_SIZE, WIDE)
                .grant(0, WIDE)
                .subscribed(id);
    }

    private static List<String> reasons(SplittableRandom random, int events, int atMost) {
        return IntStream.range(0, events)
                .mapToObj(i -> i + ":" + "x".repeat(random.nextInt(atMost)))
                .toList();
    }

    private static void publish(TestHub to, List<String> reasons) {
        reasons.forEach(reason -> to.hub.publisher().invalidate(USER, null, reason, ""));
    }

    private static long lag(TestHub of, String id) {
        return of.hub.subscriptions().stream()
                .filter(each -> each.gatewayClientId().equals(id))
                .mapToLong(SubscriptionStatus::lag)
                .sum();
    }

    private static void readAll(RawGateway gateway, int stream, int messages) throws IOException {
        while (gateway.answer(stream).whole() < messages) {
            gateway.read();
        }
    }

    private static void has(RawGateway gateway, int stream, List<String> published) throws Exception {
        List<String> received = gateway.answer(stream).messages().stream()
                .map(PushEvent::getSessionInvalidation)
                .map(invalidation -> invalidation.getReason())
                .toList();
        assertThat(received, hasSize(published.size()));
        assertThat("stream " + stream, received.equals(published), is(true));
    }

    private Future<?> reading(RawGateway gateway, int messages) {
        return threads.submit(() -> {
            readAll(gateway, 1, messages);
            return null;
        });
    }

    /** Publishes while these two read, until they have all events. */
    private void publishToReaders(List<String> reasons, RawGateway one, RawGateway other) throws Exception {
        Future<?> first = reading(one, reasons.size());
        Future<?> second = reading(other, reasons.size());
        publish(server, reasons);
        get(first);
        get(second);
    }

    private static void get(Future<?> task) throws Exception {
        task.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aReaderThatDoesNotReadItsSocketDelaysNoOtherAndLosesNothing() throws Exception {
        try (RawGateway stuck = wide(server, "stuck");
                RawGateway one = wide(server, "one");
                RawGateway other = wide(server, "other")) {
            publishToReaders(MUCH, one, other);
            assertThat(lag(server, "stuck"), is(greaterThan(0L)));
            readAll(stuck, 1, MUCH.size());
            has(one, 1, MUCH);
            has(other, 1, MUCH);
            has(stuck, 1, MUCH);
        }
    }

    @Test
    void aReaderWithATinyWindowDelaysNoOtherAndLosesNothing() throws Exception {
        List<String> published = reasons(new SplittableRandom(3), 300, 500);
        try (RawGateway tiny = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, 10).subscribed("tiny");
                RawGateway one = wide(server, "one");
                RawGateway other = wide(server, "other")) {
            publishToReaders(published, one, other);
            tiny.readUntil(RawFrame.DATA);
            assertThat(tiny.answer(1).bytes(), is(10));
            tiny.grant(0, WIDE).grant(1, WIDE);
            readAll(tiny, 1, published.size());
            has(one, 1, published);
            has(tiny, 1, published);
        }
    }

    @Test
    void aBatchCountsOnceItIsCompletelyWritten() throws Exception {
        try (RawGateway tiny = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, 10).subscribed("tiny")) {
            publish(server, List.of("reason"));
            tiny.readUntil(RawFrame.DATA);
            assertThat(server.ends.batches(), is(0));
            tiny.grant(1, WIDE);
            readAll(tiny, 1, 1);
            Await.until("the batch is counted", TIMEOUT, () -> server.ends.batches() == 1);
        }
    }

    @RepeatedTest(3)
    void manyStreamsOfOneConnectionGetEverythingThroughRandomWindows() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> published = reasons(random, 300, 3_000);
        int[] streams = IntStream.range(0, 12).map(i -> 2 * i + 1).toArray();
        try (RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, 5_000)) {
            WindowAccounts windows = new WindowAccounts(gateway, 5_000);
            for (int stream : streams) {
                gateway.subscribe(stream, RawGateway.request("g" + stream)).answerBegun(stream);
            }
            Future<?> publisher = threads.submit(() -> publish(server, published));
            while (IntStream.of(streams).anyMatch(s -> gateway.answer(s).whole() < published.size())) {
                int[] left = IntStream.of(streams)
                        .filter(s -> gateway.answer(s).whole() < published.size())
                        .toArray();
                windows.open(left[random.nextInt(left.length)], 60_000, random);
                if (IntStream.of(left).anyMatch(s -> windows.usable(s) > 0)) {
                    windows.took(gateway.read());
                }
            }
            get(publisher);
            for (int stream : streams) {
                has(gateway, stream, published);
            }
        } catch (IOException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @RepeatedTest(3)
    void readersThatPauseGetEverythingOnce() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> reasons = reasons(random, 400, 30_000);
        AtomicInteger published = new AtomicInteger();
        List<RawGateway> gateways = new ArrayList<>();
        List<Future<?>> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                RawGateway gateway = wide(server, "g" + i);
                gateways.add(gateway);
                SplittableRandom own = random.split();
                readers.add(threads.submit(() -> {
                    stopAndGo(gateway, reasons.size(), published, own);
                    return null;
                }));
            }
            for (String reason : reasons) {
                server.hub.publisher().invalidate(USER, null, reason, "");
                published.incrementAndGet();
            }
            for (Future<?> reader : readers) {
                get(reader);
            }
            for (RawGateway gateway : gateways) {
                has(gateway, 1, reasons);
            }
        } catch (ExecutionException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            for (RawGateway gateway : gateways) {
                gateway.close();
            }
        }
    }

    /** Reads a few messages, and then nothing until more are published. */
    private static void stopAndGo(RawGateway gateway, int all, AtomicInteger published, SplittableRandom random)
            throws Exception {
        while (gateway.answer(1).whole() < all) {
            int some = Math.min(all, gateway.answer(1).whole() + random.nextInt(1, 40));
            readAll(gateway, 1, some);
            int until = Math.min(all, published.get() + random.nextInt(100));
            Await.until("more is published", TIMEOUT, () -> published.get() >= until);
        }
    }

    @Test
    void trailersFollowTheRemainingEvents() throws Exception {
        try (RawGateway stuck = wide(server, "g")) {
            publish(server, MUCH);
            stuck.awaitFull();
            try (RawGateway newer = wide(server, "g")) {
                RawAnswer answer = stuck.wholeAnswer(1);
                assertThat(answer.last("grpc-status"), is("10"));
                int whole = answer.whole();
                assertThat(whole, is(lessThan(MUCH.size())));
                has(stuck, 1, MUCH.subList(0, whole));
                newer.cancel(1);
            }
        }
    }

    @Test
    void aReaderStalledInItsSocketIsEndedDespiteAPartialWrite() throws Exception {
        try (TestHub impatient = new TestHub(HubConfig.defaults(), IMPATIENT, _ -> {});
                RawGateway stuck = wide(impatient, "g")) {
            publish(impatient, MUCH);
            stuck.awaitFull();
            impatient.awaitEnds("UNAVAILABLE");
            impatient.awaitNothingLeft();
            assertStatusOrCut(stuck);
            RawAnswer answer = stuck.answer(1);
            assertThat(answer.whole(), is(lessThan(MUCH.size())));
            has(stuck, 1, MUCH.subList(0, answer.whole()));
        }
    }

    /** The hub writes trailers if the socket has a little room left, and otherwise cuts the connection. */
    private static void assertStatusOrCut(RawGateway gateway) throws IOException {
        try {
            assertThat(gateway.wholeAnswer(1).last("grpc-status"), is("14"));
        } catch (EOFException | SocketException e) {
            return; // the connection was cut within a write
        }
    }
}

package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import conformance.ReturningGateway.Arrival;
import conformance.ReturningGateway.Diary;
import conformance.ReturningGateway.Farewell;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.protocol.v1.GoAway;
import push.protocol.v1.Opened;
import testing.Await;

/**
 * Twice, a hub stops and another one replaces it, with five hundred gateways that ask for the oldest retained events,
 * and with publishers that never pause. Each acknowledged event reaches every gateway once, and the gateways do not all
 * reconnect at the same time.
 */
class RollingRestartTest {

    private static final int GATEWAYS = 500;
    private static final int RESTARTS = 2;
    private static final int EVENTS_BETWEEN = 150;
    private static final int BUCKETS = 10;
    private static final long MOST_RETRY_MILLIS = 3_000;
    private static final long ARRIVAL_BUCKET_MILLIS = 250;
    private static final long SEED = 20_261_125;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Long> stoppedAt = new ArrayList<>();

    @AfterEach
    void end() {
        over.countDown();
        threads.shutdownNow();
    }

    @Test
    void everyGatewayGetsEachAcknowledgedEventOnceAndReconnectsAreSpread() throws Exception {
        HubProcess hub = HubProcess.start("push: {}");
        ContinuousPublishers publishers = new ContinuousPublishers(hub.port());
        List<Future<Diary>> gateways = new ArrayList<>();
        try {
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < GATEWAYS; i++) {
                var gateway = new ReturningGateway("gateway-" + i, hub.port(), over, random.split());
                gateways.add(threads.submit(gateway::follow));
            }
            awaitAll(hub);
            publishers.start(threads);
            for (int restart = 0; restart < RESTARTS; restart++) {
                awaitMore(publishers);
                stoppedAt.add(System.nanoTime());
                hub.close();
                hub = HubProcess.start(Image.built(), "push: {}", hub.port());
                awaitAll(hub);
            }
            awaitMore(publishers);
            publishers.finish();
            List<Diary> diaries = new ArrayList<>();
            for (Future<Diary> gateway : gateways) {
                diaries.add(gateway.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
            }
            diaries.forEach(RollingRestartTest::checkStreams);
            System.out.println(figures(publishers, diaries));
            diaries.forEach(diary -> checkEvents(publishers, diary));
            for (int restart = 0; restart < RESTARTS; restart++) {
                assertThat(
                        "gateways in each tenth of the retry time",
                        Arrays.stream(retries(diaries, restart)).boxed().toList(),
                        everyItem(is(lessThanOrEqualTo(GATEWAYS / 4))));
            }
        } finally {
            hub.close();
        }
    }

    private static void awaitAll(HubProcess hub) throws Exception {
        Await.until(
                "all gateways are subscribed",
                TIMEOUT,
                () -> hub.api().status().path("subscribers").intValue() == GATEWAYS);
    }

    private static void awaitMore(ContinuousPublishers publishers) throws Exception {
        int before = publishers.acknowledged().size();
        Await.until(
                "publishers continue", TIMEOUT, () -> publishers.acknowledged().size() >= before + EVENTS_BETWEEN);
    }

    private static void checkEvents(ContinuousPublishers publishers, Diary diary) {
        publishers.acknowledged().forEach((number, cursor) -> {
            assertThat("event " + number, diary.cursor(number), is(cursor));
        });
        assertThat(diary.repeated, is(empty()));
        assertThat("events reported as missed", diary.missed, is(0L));
    }

    private static void checkStreams(Diary diary) {
        assertThat(
                diary.arrivals.stream().map(Arrival::resume).toList(),
                is(List.of(Opened.Resume.FRESH, Opened.Resume.OTHER_EPOCH, Opened.Resume.OTHER_EPOCH)));
        assertThat(diary.farewells.size(), is(RESTARTS));
        for (Farewell farewell : diary.farewells) {
            assertThat(farewell.goAway().getReason(), is(GoAway.Reason.SHUTDOWN));
            assertThat(millis(farewell), is(greaterThan(0L)));
            assertThat(millis(farewell), is(lessThanOrEqualTo(MOST_RETRY_MILLIS)));
            assertThat(farewell.status().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(farewell.status().getDescription(), is("push service stopped"));
        }
    }

    private static long millis(Farewell farewell) {
        var after = farewell.goAway().getRetryAfter();
        return Duration.ofSeconds(after.getSeconds(), after.getNanos()).toMillis();
    }

    /** The number of gateways in each tenth of the longest retry time. */
    private static int[] retries(List<Diary> diaries, int restart) {
        int[] buckets = new int[BUCKETS];
        for (Diary diary : diaries) {
            long millis = millis(diary.farewells.get(restart));
            buckets[(int) (millis * BUCKETS / (MOST_RETRY_MILLIS + 1))]++;
        }
        return buckets;
    }

    /** The number of streams that the next hub opened in each quarter of a second after the stop of this one. */
    private int[] arrivals(List<Diary> diaries, int restart) {
        int[] buckets = diaries.stream()
                .mapToLong(diary -> diary.arrivals.get(restart + 1).nanos() - stoppedAt.get(restart))
                .mapToInt(nanos -> (int) (TimeUnit.NANOSECONDS.toMillis(nanos) / ARRIVAL_BUCKET_MILLIS))
                .collect(() -> new int[40], (counts, n) -> counts[Math.min(n, 39)]++, (a, b) -> {});
        int end = IntStream.range(0, buckets.length)
                .filter(n -> buckets[n] > 0)
                .max()
                .orElse(0);
        return Arrays.copyOf(buckets, end + 1);
    }

    private String figures(ContinuousPublishers publishers, List<Diary> diaries) {
        StringBuilder figures = new StringBuilder("rolling restart: %d gateways; %,d events acknowledged, %,d refused,"
                        .formatted(GATEWAYS, publishers.acknowledged().size(), publishers.refused())
                + " %,d unanswered; %,d deliveries, %,d attempts in vain"
                        .formatted(
                                publishers.failed(),
                                diaries.stream()
                                        .mapToLong(diary -> diary.received.cardinality())
                                        .sum(),
                                diaries.stream()
                                        .mapToLong(diary -> diary.vainAttempts)
                                        .sum()));
        for (int restart = 0; restart < RESTARTS; restart++) {
            figures.append("; restart %d: retry_after by tenths of %d ms %s, back by %d ms %s"
                    .formatted(
                            restart + 1,
                            MOST_RETRY_MILLIS,
                            Arrays.toString(retries(diaries, restart)),
                            ARRIVAL_BUCKET_MILLIS,
                            Arrays.toString(arrivals(diaries, restart))));
        }
        return figures.toString();
    }
}

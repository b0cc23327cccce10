package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Publishers run at full speed, and readers reconnect at random. Forbids that a reader misses an event, gets one twice,
 * or out of order.
 */
class ResumeUnderLoadTest {

    private static final int PUBLISHERS = 3;
    private static final int EVENTS_EACH = 20_000;
    private static final int READERS = 8;
    private static final long LAST = (long) PUBLISHERS * EVENTS_EACH;

    private final Hub hub = Hub.builder(HubConfig.defaults()
                    .with(new RetentionConfig(Duration.ofMinutes(5), 16, 1L << 30, Duration.ofHours(1), 100, 32 << 20)))
            .open();

    @Test
    void everyReaderGetsEveryEventOnceAndInOrder() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> readers = new ArrayList<>();
            String start = new Cursor(hub.status().epoch(), 0).toString();
            for (int r = 0; r < READERS; r++) {
                String id = "reader-" + r;
                readers.add(threads.submit(() -> readWithCuts(id, start)));
            }
            List<Future<?>> publishers = new ArrayList<>();
            for (int p = 0; p < PUBLISHERS; p++) {
                publishers.add(threads.submit(this::publishAll));
            }
            for (Future<?> publisher : publishers) {
                publisher.get(60, TimeUnit.SECONDS);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS), is(LAST));
            }
        } finally {
            hub.close();
        }
    }

    private void publishAll() {
        for (int i = 0; i < EVENTS_EACH; i++) {
            hub.publisher().publish(TestEvents.event(""));
        }
    }

    /** Reads to the end, with subscriptions of random length, and returns the number of events. */
    private long readWithCuts(String id, String start) throws Exception {
        long seen = 0;
        String cursor = start;
        Delivery[] batch = new Delivery[64];
        while (seen < LAST) {
            Subscription subscription = hub.subscribe(SubscriptionRequest.of(id, cursor));
            assertThat(subscription.resume(), is(Resume.RESUMED));
            for (int takes = ThreadLocalRandom.current().nextInt(1, 50); takes > 0 && seen < LAST; takes--) {
                int n = TestReader.take(subscription, batch);
                for (int i = 0; i < n; i++) {
                    long sequence = ((Entry) batch[i]).sequence();
                    if (sequence != seen + 1) {
                        throw new AssertionError(id + " saw " + sequence + " after " + seen);
                    }
                    seen++;
                }
                cursor = subscription.cursor().toString();
            }
            hub.end(subscription, End.CANCELLED);
        }
        return seen;
    }
}

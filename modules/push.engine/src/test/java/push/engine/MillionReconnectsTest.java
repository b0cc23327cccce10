package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import push.engine.Notice.Gap;
import push.engine.Notice.Opened;

/**
 * A million reconnects, each with the reader's last cursor and after a few deliveries, while a publisher floods a small
 * log. Forbids an unreported gap, a wrong count, a duplicate, and an unreported loss of an invalidation.
 */
class MillionReconnectsTest {

    private static final int READERS = 4;
    private static final int RECONNECTS_EACH = 250_000;
    /** One of this number of events is an invalidation, each of another session, so that all of them are retained. */
    private static final int INVALIDATION_EVERY = 50;

    private static final int SESSIONS = 1 << 12;
    private static final int EVENTS_A_RECONNECT = 10;

    private final Hub hub = Hub.builder(HubConfig.defaults()
                    .with(new RetentionConfig(
                            Duration.ofMinutes(5), 16, 64 << 10, Duration.ofHours(1), SESSIONS, 32 << 20)))
            .open();

    private final AtomicLong reconnects = new AtomicLong();
    private volatile boolean done;

    @Test
    void everyEventIsDeliveredOnceOrReported() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS + 1)) {
            Future<?> publisher = threads.submit(this::publish);
            long gaps = readAll(threads);
            assertThat("number of gaps, without which the test proves little", gaps, is(greaterThan(0L)));
            publisher.get(1, TimeUnit.MINUTES);
        } finally {
            hub.close();
        }
    }

    private long readAll(ExecutorService threads) throws Exception {
        try {
            List<Future<Reading>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                int seed = i;
                readers.add(threads.submit(() -> read(seed)));
            }
            long gaps = 0;
            for (Future<Reading> reader : readers) {
                Reading reading = reader.get(5, TimeUnit.MINUTES);
                assertThat(reading.reconnects, is(RECONNECTS_EACH));
                gaps += reading.gaps;
            }
            return gaps;
        } finally {
            done = true;
        }
    }

    private void publish() {
        for (long sequence = 1; !done; sequence++) {
            if (isInvalidation(sequence)) {
                UUID session = new UUID(7, sequence / INVALIDATION_EVERY % SESSIONS);
                hub.publisher().invalidate(TestEvents.USER, session, "", "");
            } else {
                hub.publisher().publish(TestEvents.event(""));
            }
            while (!done && sequence > EVENTS_A_RECONNECT * reconnects.get()) {
                LockSupport.parkNanos(1_000); // ahead of the readers, but not always by more than the log holds
            }
        }
    }

    private static boolean isInvalidation(long sequence) {
        return sequence % INVALIDATION_EVERY == 0;
    }

    private Reading read(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Reading reading = new Reading();
        TestRequest request = TestRequest.of("reader-" + seed)
                .withNotices()
                .onStale(seed % 2 == 0 ? StalePolicy.LIVE_TAIL : StalePolicy.OLDEST_RETAINED);
        Delivery[] batch = new Delivery[8];
        while (reading.reconnects < RECONNECTS_EACH && !done) {
            Subscription subscription =
                    hub.subscribe(request.from(reading.cursor).asked());
            reading.reconnects++;
            reconnects.incrementAndGet();
            for (int polls = random.nextInt(2, 6); polls > 0; polls--) {
                int n = subscription.poll(batch);
                // The connection is cut within a batch as often as between two batches.
                int arrived = polls > 1 ? n : random.nextInt(n + 1);
                for (int i = 0; i < arrived; i++) {
                    reading.arrived(batch[i]);
                }
            }
            hub.end(subscription, End.CANCELLED);
        }
        return reading;
    }

    /** The state of one reader. */
    private final class Reading {

        String cursor = "";
        int reconnects;
        long gaps;
        private long at;
        private long gapTo;
        private boolean invalidationsMissed;

        void arrived(Delivery delivery) {
            switch (delivery) {
                case Opened opened -> {
                    if (cursor.isEmpty()) {
                        at = opened.cursor().sequence();
                    }
                    require(opened.cursor().sequence() == at, "it continues at another position", delivery);
                    cursor = opened.cursor().toString();
                }
                case Gap gap -> {
                    account(gap.from().sequence(), delivery); // the end of the previous gap
                    at = gap.from().sequence();
                    long to = gap.to().sequence();
                    long invalidations = to / INVALIDATION_EVERY - at / INVALIDATION_EVERY;
                    require(gap.missed() == to - at - invalidations, "a gap with a wrong count", delivery);
                    gaps++;
                    gapTo = to;
                    invalidationsMissed = gap.invalidationsMissed();
                    moveTo(gap.cursor(), delivery);
                }
                case Entry entry -> {
                    require(entry.sequence() > at, "a duplicate", delivery);
                    account(entry.sequence() - 1, delivery);
                    moveTo(entry.cursor(), delivery);
                }
                case Notice.Heartbeat heartbeat -> moveTo(heartbeat.cursor(), delivery);
                case Notice.GoAway goAway -> throw new AssertionError("an unexpected GoAway");
            }
        }

        private void moveTo(Cursor to, Delivery delivery) {
            if (!(delivery instanceof Entry)) {
                account(to.sequence(), delivery);
            }
            at = to.sequence();
            cursor = to.toString();
        }

        /** A gap must report the client events and the missing invalidations in between. */
        private void account(long to, Delivery delivery) {
            for (long sequence = at + 1; sequence <= to; sequence++) {
                boolean reported = sequence <= gapTo && (!isInvalidation(sequence) || invalidationsMissed);
                require(reported || superseded(sequence), "an unreported gap at " + sequence, delivery);
            }
        }

        /** Only the last invalidation of a session must arrive. */
        private boolean superseded(long sequence) {
            long next = sequence + (long) INVALIDATION_EVERY * SESSIONS;
            return isInvalidation(sequence) && next <= hub.status().head().sequence();
        }

        private void require(boolean holds, String otherwise, Delivery delivery) {
            if (!holds) {
                throw new AssertionError(otherwise + ", at " + at + " after reconnect " + reconnects + ": " + delivery);
            }
        }
    }
}

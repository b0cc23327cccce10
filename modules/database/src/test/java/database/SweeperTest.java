package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threads.LongLived;
import threads.ThreadWatch;

@Timeout(30)
class SweeperTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void sweepsAtOnceAndUntilNothingIsLeft() throws Exception {
        CountDownLatch batches = new CountDownLatch(3);
        try (Sweeper _ = new Sweeper("a table", NEVER, () -> {
            batches.countDown();
            return batches.getCount() > 0;
        })) {
            batches.await();
        }
    }

    @Test
    void sweepsAgainAfterAFailure() throws Exception {
        CountDownLatch batches = new CountDownLatch(3);
        try (Sweeper _ = new Sweeper("a table", Duration.ofMillis(1), () -> {
            batches.countDown();
            throw new IllegalStateException("injected");
        })) {
            batches.await();
        }
    }

    @Test
    void sweepsAgainAfterAnError() throws Exception {
        long before = ThreadWatch.failures(LongLived.SWEEPER);
        CountDownLatch batches = new CountDownLatch(3);
        try (Sweeper _ = new Sweeper("a table", NEVER, () -> {
            batches.countDown();
            if (batches.getCount() > 0) {
                throw new StackOverflowError("injected");
            }
            return false;
        })) {
            batches.await();
        }
        assertThat(ThreadWatch.failures(LongLived.SWEEPER) - before, is(2L));
    }

    @Test
    void closeWaitsForTheCurrentBatch() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Sweeper sweeper = new Sweeper("a table", Duration.ofMillis(1), () -> {
            begun.countDown();
            ended.incrementAndGet();
            return true;
        });
        begun.await();
        sweeper.close();
        int batches = ended.get();
        Thread.onSpinWait();
        assertThat(ended.get(), is(batches));
    }
}

package app;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;
import testing.Await;
import threads.LongLived;
import threads.ThreadWatch;

class CarrierThreadsTest {

    private static final long START = 1_000;

    private final List<Integer> set = new ArrayList<>();
    private final CarrierThreads carriers = new CarrierThreads(2, set::add);

    @Test
    void numberDoesNotChangeWhileWaitsAreShort() {
        for (int i = 0; i < 10; i++) {
            carriers.adjust(false, START + i);
        }
        assertThat(set, empty());
    }

    @Test
    void numberGrowsAfterALongWaitAndShrinksLater() {
        carriers.adjust(true, START);
        assertThat(set, contains(8));
        carriers.adjust(true, START + CarrierThreads.STAY_NANOS);
        carriers.adjust(false, START + 2 * CarrierThreads.STAY_NANOS);
        assertThat(set, contains(8));
        carriers.adjust(false, START + 2 * CarrierThreads.STAY_NANOS + 1);
        assertThat(set, contains(8, 2));
    }

    /** One busy virtual thread for each carrier leaves no carrier for others. */
    @Test
    void carriersAreAddedWhileVirtualThreadsWait() throws Exception {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        int before = scheduler.getParallelism();
        AtomicBoolean enough = new AtomicBoolean();
        Thread watching = CarrierThreads.start();
        try {
            for (int i = 0; i < before; i++) {
                Thread.startVirtualThread(() -> {
                    while (!enough.get()) {
                        Thread.onSpinWait();
                    }
                });
            }
            Await.until(
                    "there are many carriers",
                    Duration.ofSeconds(20),
                    () -> scheduler.getParallelism() == CarrierThreads.MANY * before);
        } finally {
            enough.set(true);
            watching.interrupt();
            watching.join();
            scheduler.setParallelism(before);
        }
    }

    @Test
    void watchingContinuesAfterErrors() throws Exception {
        long before = ThreadWatch.failures(LongLived.CARRIERS);
        AtomicInteger attempts = new AtomicInteger();
        CarrierThreads failing = new CarrierThreads(2, number -> {
            if (number == 2 && attempts.incrementAndGet() <= 2) {
                throw new NoClassDefFoundError("test");
            }
        });
        failing.adjust(true, System.nanoTime() - 2 * CarrierThreads.STAY_NANOS); // the next step reduces the number
        Thread watching = failing.startWatching();
        try {
            Await.until("the watch has tried again", Duration.ofSeconds(20), () -> attempts.get() >= 3);
        } finally {
            watching.interrupt();
            watching.join();
        }
        assertThat(ThreadWatch.failures(LongLived.CARRIERS) - before, is(2L));
        assertThat(ThreadWatch.failing(), empty());
    }

    @Test
    void numberGrowsAgainAfterTheNextLongWait() {
        carriers.adjust(true, START);
        carriers.adjust(false, START + CarrierThreads.STAY_NANOS + 1);
        carriers.adjust(true, START + CarrierThreads.STAY_NANOS + 2);
        assertThat(set, contains(8, 2, 8));
    }
}

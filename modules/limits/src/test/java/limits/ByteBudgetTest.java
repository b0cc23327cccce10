package limits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ByteBudgetTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final ByteBudget budget = ByteBudget.of(100);
    private final BlockingQueue<String> granted = new LinkedBlockingQueue<>();
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();

    @Test
    void grantsUpToItsCapacity() {
        Lease first = budget.tryAcquire(60).orElseThrow();
        assertTrue(budget.tryAcquire(41).isEmpty());
        Lease second = budget.tryAcquire(40).orElseThrow();
        assertThat(budget.held(), is(100L));
        first.close();
        second.close();
        assertThat(budget.held(), is(0L));
    }

    @Test
    void aLeaseIsReleasedOnce() {
        Lease kept = budget.tryAcquire(50).orElseThrow();
        Lease lease = budget.tryAcquire(50).orElseThrow();
        lease.close();
        lease.close();
        assertThat(budget.held(), is(50L));
        assertThat(lease.bytes(), is(0L));
        kept.close();
    }

    @Test
    void aLeaseThatManyThreadsCloseIsReleasedOnce() throws InterruptedException {
        Lease _ = budget.tryAcquire(10).orElseThrow();
        Lease lease = budget.tryAcquire(50).orElseThrow();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofVirtual().start(lease::close));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(budget.held(), is(10L));
    }

    @Test
    void aLeaseGrowsAndShrinks() throws InterruptedException {
        Lease lease = budget.tryAcquire(10).orElseThrow();
        assertTrue(lease.tryGrow(50));
        assertTrue(lease.grow(40, Duration.ZERO));
        assertThat(lease.tryGrow(1), is(false));
        assertThat(lease.grow(1, Duration.ZERO), is(false));
        assertThat(lease.bytes(), is(100L));
        lease.shrinkTo(30);
        lease.shrinkTo(70);
        assertThat(lease.bytes(), is(30L));
        assertThat(budget.held(), is(30L));
        lease.close();
        assertThat(budget.held(), is(0L));
    }

    @Test
    void aClosedLeaseCannotGrow() {
        Lease lease = budget.tryAcquire(10).orElseThrow();
        lease.close();
        assertThrows(IllegalStateException.class, () -> lease.tryGrow(10));
        assertThat(budget.held(), is(0L));
    }

    @Test
    void refusesMoreThanItsCapacityAtOnce() throws InterruptedException {
        assertTrue(budget.acquire(101, LONG).isEmpty());
        assertTrue(budget.part(10).acquire(11, LONG).isEmpty());
        assertThat(budget.held(), is(0L));
    }

    @Test
    void negativeSizesAndCapacitiesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> budget.tryAcquire(-1));
        assertThrows(IllegalArgumentException.class, () -> ByteBudget.of(0));
        assertThrows(IllegalArgumentException.class, () -> budget.part(0));
    }

    @Test
    void acquireTimesOut() throws InterruptedException {
        Lease all = budget.tryAcquire(100).orElseThrow();
        assertTrue(budget.acquire(1, Duration.ofMillis(1)).isEmpty());
        all.close();
        assertThat(budget.held(), is(0L));
        assertTrue(budget.tryAcquire(100).isPresent(), "nothing is kept for a request that gave up");
    }

    @Test
    void grantsInTheOrderOfArrival() throws InterruptedException {
        Lease first = budget.tryAcquire(50).orElseThrow();
        Lease second = budget.tryAcquire(50).orElseThrow();
        waiting(budget, "large", 95);
        waiting(budget, "small", 10);
        first.close();
        assertTrue(budget.tryAcquire(1).isEmpty(), "there is room, but others came before");
        assertTrue(granted.isEmpty());
        second.close();
        assertThat(next(), is("large"));
        assertThat("there is no room for both", budget.held(), is(95L));
        Objects.requireNonNull(leases.get("large")).close();
        assertThat(next(), is("small"));
        assertThat(budget.held(), is(10L));
    }

    @Test
    void aRequestThatTimesOutUnblocksThoseBehindIt() throws InterruptedException {
        Lease some = budget.tryAcquire(50).orElseThrow();
        Thread large = waiting(budget, "large", 80);
        waiting(budget, "small", 10);
        large.interrupt();
        assertThat("in either order", List.of(next(), next()), containsInAnyOrder("large interrupted", "small"));
        some.close();
        assertThat(budget.held(), is(10L));
    }

    @Test
    void aPartHasItsOwnLimitWithinTheWhole() {
        ByteBudget part = budget.part(50);
        ByteBudget inner = part.part(80);
        assertThat(inner.capacity(), is(50L));
        Lease lease = inner.tryAcquire(40).orElseThrow();
        assertThat(budget.held(), is(40L));
        assertTrue(part.tryAcquire(11).isEmpty());
        Lease _ = budget.tryAcquire(55).orElseThrow();
        assertTrue(part.tryAcquire(10).isEmpty(), "the whole has no room for it");
        lease.close();
        assertThat(part.held(), is(0L));
        assertThat(budget.held(), is(55L));
    }

    @Test
    void aRequestThatWaitsInAPartDoesNotBlockOtherParts() throws InterruptedException {
        ByteBudget part = budget.part(50);
        Lease full = part.tryAcquire(50).orElseThrow();
        waiting(part, "part", 20);
        Lease other = budget.tryAcquire(50).orElseThrow();
        waiting(budget, "whole", 40);
        other.close();
        assertThat(next(), is("whole"));
        full.close();
        assertThat(next(), is("part"));
    }

    @Test
    void roomReleasedInOnePartServesAnother() throws InterruptedException {
        Lease one = budget.part(90).tryAcquire(90).orElseThrow();
        waiting(budget.part(90), "other", 90);
        one.close();
        assertThat(next(), is("other"));
    }

    @Test
    void neverExceedsItsCapacityAndEndsEmpty() throws InterruptedException {
        ByteBudget part = budget.part(60);
        AtomicLong most = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ByteBudget mine = i % 2 == 0 ? budget : part;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 2_000; n++) {
                    acquireAndRelease(mine, most);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get(), lessThanOrEqualTo(100L));
        assertThat(budget.held(), is(0L));
        assertThat(part.held(), is(0L));
    }

    private void acquireAndRelease(ByteBudget mine, AtomicLong most) {
        try {
            int bytes = ThreadLocalRandom.current().nextInt(1, 60);
            Optional<Lease> lease = mine.acquire(bytes, Duration.ofNanos(bytes * 1_000L));
            most.accumulateAndGet(budget.held(), Math::max);
            lease.ifPresent(Lease::close);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts a thread that waits for room, and returns when it does wait. */
    private Thread waiting(ByteBudget from, String name, long bytes) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            started.countDown();
            try {
                leases.put(name, from.acquire(bytes, LONG).orElseThrow());
                granted.add(name);
            } catch (InterruptedException e) {
                granted.add(name + " interrupted");
            }
        });
        started.await();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private String next() throws InterruptedException {
        return String.valueOf(granted.poll(30, TimeUnit.SECONDS));
    }
}

package benchmarks.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The events and invalidations that responses have promised, and those that have arrived at the gateway. An event is
 * identified by its id, an invalidation by the id of its session, or of its user if it is for all sessions.
 * Thread-safe.
 */
final class Account {

    private final long timeoutNanos;
    private final Queue<UUID> promised = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicLong missing = new AtomicLong();

    /** @param timeout the time without an arrival after which missing ids count as lost */
    Account(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    void promised(UUID id) {
        promised.add(id);
        missing.incrementAndGet();
    }

    void arrived(UUID id) {
        arrived.add(id);
        missing.decrementAndGet();
    }

    /**
     * The result of a comparison.
     *
     * @param lost the number of ids that were promised and have not arrived
     * @param surplus the number of ids that arrived again, or without a promise
     */
    record Balance(long lost, long surplus) {}

    /**
     * Waits until everything that was promised has arrived, or until nothing more arrives. Then returns the result and
     * starts a new account.
     */
    Balance settle() {
        long last = missing.get();
        long lastProgress = System.nanoTime();
        while (missing.get() > 0 && System.nanoTime() - lastProgress < timeoutNanos) {
            LockSupport.parkNanos(1_000_000);
            lastProgress = missing.get() < last ? System.nanoTime() : lastProgress;
            last = missing.get();
        }
        Map<UUID, Integer> open = new HashMap<>();
        drain(promised, id -> open.merge(id, 1, Integer::sum));
        drain(arrived, id -> open.merge(id, -1, Integer::sum));
        missing.set(0);
        return new Balance(
                open.values().stream()
                        .filter(count -> count > 0)
                        .mapToLong(Integer::longValue)
                        .sum(),
                -open.values().stream()
                        .filter(count -> count < 0)
                        .mapToLong(Integer::longValue)
                        .sum());
    }

    private static void drain(Queue<UUID> from, Consumer<UUID> to) {
        for (UUID id = from.poll(); id != null; id = from.poll()) {
            to.accept(id);
        }
    }
}

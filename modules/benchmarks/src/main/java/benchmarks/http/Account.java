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
 * What responses have promised, and what has arrived at the gateway: each event by its id, and each invalidation by the
 * id of its session, or of its user if it is for all sessions. Safe for any number of threads.
 */
final class Account {

    private final long patienceNanos;
    private final Queue<UUID> promised = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicLong missing = new AtomicLong();

    /** @param patience how long nothing more may arrive before the rest counts as lost */
    Account(Duration patience) {
        patienceNanos = patience.toNanos();
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
     * Waits until as much has arrived as was promised, or nothing more arrives. Then returns the result and starts
     * again.
     */
    Balance settle() {
        long last = missing.get();
        long lastProgress = System.nanoTime();
        while (missing.get() > 0 && System.nanoTime() - lastProgress < patienceNanos) {
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

package conformance.soak;

import static conformance.soak.Population.KINDS;
import static conformance.soak.Population.USERS;

import conformance.HubProcess;
import conformance.soak.Published.ClientEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * All publishers of a soak. They publish as fast as they can, as long as the steady subscribers keep up. A machine that
 * is too slow for all of them is not a fault of the hub.
 */
final class Load {

    private static final int PUBLISHERS = 4;
    private static final int MAX_LAG = 512;

    /** After this time the publishers continue anyway, so that the soak detects a steady subscriber that is stuck. */
    private static final long MAX_WAIT_NANOS = 5_000_000_000L;

    private static final long POLL_NANOS = 1_000_000;
    /** The number of events that a subscriber can lag behind; a slow machine may need longer for it. */
    private static final long MIN_EVENTS = 3L * Phase.EXCESSIVE_LAG;

    private static final long GRACE_SECONDS = 120;

    private final List<Publisher> publishers = new ArrayList<>();
    private final Progress progress;
    private final LongSupplier slowestSteady;

    Load(HubProcess hub, Progress progress, LongSupplier slowestSteady, SplittableRandom random) {
        this.progress = progress;
        this.slowestSteady = slowestSteady;
        int users = USERS.size() / PUBLISHERS;
        for (int p = 0; p < PUBLISHERS; p++) {
            publishers.add(new Publisher(
                    "publisher-" + p,
                    hub.api(),
                    new Epoch(hub.epoch()),
                    progress,
                    USERS.subList(p * users, (p + 1) * users),
                    random.split()));
        }
    }

    /** Publishes for that time, and longer if needed for the minimum number of events. Returns the time it took. */
    Duration run(Duration time) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Publisher publisher : publishers) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() - end < 0 || progress.head() < MIN_EVENTS) {
                        waitForSteadySubscribers();
                        publisher.publishSomething();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(time.toSeconds() + GRACE_SECONDS, TimeUnit.SECONDS);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void waitForSteadySubscribers() {
        long start = System.nanoTime();
        while (progress.head() - slowestSteady.getAsLong() > MAX_LAG && System.nanoTime() - start < MAX_WAIT_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Publishes one event of each kind for each user, so that every interest matches at least one. */
    List<ClientEvent> publishOneOfEach() throws Exception {
        List<ClientEvent> events = new ArrayList<>();
        for (String user : USERS) {
            for (String kind : KINDS) {
                events.add(publishers.getFirst().publish(user, kind));
            }
        }
        return events;
    }

    /** The number of events that the log must have. */
    long count() {
        return publishers.stream()
                .mapToLong(publisher -> publisher.clientEvents().size()
                        + publisher.revocations().size())
                .sum();
    }

    /** Everything that was published. */
    Published published(long head) {
        return new Published(
                head,
                publishers.stream()
                        .flatMap(publisher -> publisher.clientEvents().stream())
                        .toList(),
                publishers.stream()
                        .flatMap(publisher -> publisher.revocations().stream())
                        .toList());
    }
}

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
 * All publishers of a soak. As fast as they can, as long as those subscribers keep up to whom nothing is done: where
 * the machine itself is too slow for all of them, that is not the hub's fault.
 */
final class Load {

    private static final int PUBLISHERS = 4;
    private static final int MAX_LAG = 512;

    /** Then they go on all the same: that a steady subscriber stands still must come out. */
    private static final long MAX_WAIT_NANOS = 5_000_000_000L;

    private static final long LOOK_AGAIN_NANOS = 1_000_000;
    /** A slow machine may take longer until there was enough to lag behind. */
    private static final long LEAST = 3L * Phase.TOO_FAR;

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

    /** Publishes for so long, or until there is a least number of events; gives how long that took. */
    Duration run(Duration time) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Publisher publisher : publishers) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() - end < 0 || progress.head() < LEAST) {
                        letSteadyOnesKeepUp();
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

    private void letSteadyOnesKeepUp() {
        long start = System.nanoTime();
        while (progress.head() - slowestSteady.getAsLong() > MAX_LAG && System.nanoTime() - start < MAX_WAIT_NANOS) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** Publishes one event of each kind for each user, so that there is one for every interest. */
    List<ClientEvent> publishOneOfEach() throws Exception {
        List<ClientEvent> events = new ArrayList<>();
        for (String user : USERS) {
            for (String kind : KINDS) {
                events.add(publishers.getFirst().publish(user, kind));
            }
        }
        return events;
    }

    /** How many events the log must have. */
    long count() {
        return publishers.stream()
                .mapToLong(publisher -> publisher.clientEvents().size()
                        + publisher.revocations().size())
                .sum();
    }

    /** All that was published. */
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

package conformance.hostile;

import conformance.HubProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import push.protocol.v1.PushEvent;
import testing.Await;
import testing.ForeignGateway;

/**
 * A well-behaved gateway, and a publisher that sends it forty events a second, to measure how an attack affects them.
 */
public final class Witness {

    private static final String KIND = "witness";
    private static final String USER = "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b12";
    private static final long PACE_NANOS = 25_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HubProcess hub;
    private final ForeignGateway gateway;
    private final List<String> accepted = Collections.synchronizedList(new ArrayList<>());
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Long> sentAt = new ConcurrentHashMap<>();
    private final List<Long> latencies = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread publisher;
    private volatile boolean stopping;

    /** Subscribes, and begins to publish. */
    public Witness(HubProcess hub) throws Exception {
        this.hub = hub;
        this.gateway = hub.subscribe(KIND, "").readingAll();
        Thread.ofVirtual().start(this::receive);
        this.publisher = Thread.ofVirtual().start(this::publish);
    }

    private void publish() {
        try {
            for (int n = 0; !stopping; n++) {
                sentAt.put(n, System.nanoTime());
                accepted.add(hub.api().notify(USER, KIND, "{\"n\":" + n + "}"));
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (Exception | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    private void receive() {
        try {
            while (true) {
                Optional<PushEvent> event = gateway.nextOrEnd();
                if (event.isEmpty()) {
                    throw new AssertionError("the witness's stream ended with " + gateway.status());
                }
                if (event.get().getClientEvent().getKind().equals(KIND)) {
                    received.add(event.get().getCursor());
                    arrived(event.get().getClientEvent().getPayload().toStringUtf8());
                }
            }
        } catch (Exception | AssertionError e) {
            if (!stopping) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private void arrived(String payload) {
        int n = Integer.parseInt(payload.replaceAll("[^0-9]", ""));
        Long sent = sentAt.remove(n);
        if (sent != null) {
            latencies.add(System.nanoTime() - sent);
        }
    }

    /** Stops publishing, and checks that the stream delivered each accepted event once and in order. */
    public void stop() throws Exception {
        stopping = true;
        publisher.join();
        Await.until(
                "the witness has all " + accepted.size() + " events",
                TIMEOUT,
                () -> failure.get() != null || received.size() >= accepted.size());
        Throwable broken = failure.get();
        if (broken != null) {
            throw new AssertionError("the attack disturbed the witness", broken);
        }
        if (!received.equals(accepted)) {
            throw new AssertionError("the witness received " + received + ", but the accepted events are " + accepted);
        }
    }

    /** A summary of the delivery latencies, for the log. */
    public String figures() {
        List<Long> sorted = new ArrayList<>(latencies);
        Collections.sort(sorted);
        if (sorted.isEmpty()) {
            return "no deliveries";
        }
        return sorted.size() + " deliveries, median " + millis(sorted.get(sorted.size() / 2)) + " ms, p99 "
                + millis(sorted.get(sorted.size() * 99 / 100)) + " ms, longest " + millis(sorted.getLast()) + " ms";
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}

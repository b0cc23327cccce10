package benchmarks;

import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Payload;
import push.api.Publisher;
import push.engine.EventTracer;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.Subscription;
import push.engine.SubscriptionRefused;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionStatus;
import push.engine.Taken;

/**
 * A real hub with an audience: the log in memory, the default configuration, and no metrics. The only class of this
 * package that uses the engine.
 *
 * <p>The log is full from the start, as after minutes of work, so each append also removes an event, and no benchmark
 * measures the growth of the log.
 */
final class BenchHub implements AutoCloseable {

    /** The maximum number of entries that a reader takes at once: the same as for a gateway's stream. */
    static final int BATCH = 64;

    private static final int PAYLOAD_BYTES = 256;
    private static final int MORE_THAN_THE_LOG_HOLDS = 200_000;

    /** Held, because the logging framework holds loggers weakly. */
    private static final Logger ENGINE_LOG = Logger.getLogger("push.engine");

    private final UUID user = UUID.fromString("3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11");
    private final Payload payload = payloadOf(PAYLOAD_BYTES);
    private final Hub hub;
    private final Publisher publisher;

    /** Opens a hub with a full log, and then its audience, which starts at the live tail. */
    BenchHub(Audience audience) {
        this(audience, Hub.builder(HubConfig.defaults()).open());
    }

    /** Opens a hub with tracing and without an audience. */
    BenchHub(EventTracer tracer) {
        this(Audience.NONE, Hub.builder(HubConfig.defaults()).trace(tracer).open());
    }

    private BenchHub(Audience audience, Hub hub) {
        ENGINE_LOG.setLevel(Level.OFF); // a log line for each of 10,000 lagging subscriptions is not the hub's cost
        this.hub = hub;
        publisher = hub.publisher();
        for (int i = 0; i < MORE_THAN_THE_LOG_HOLDS; i++) {
            publish();
        }
        for (int i = 0; i < audience.subscriptions(); i++) {
            Reader reader = subscribe("reader-" + i);
            if (audience.taking()) {
                Thread.ofVirtual().start(reader::takeAll);
            }
        }
    }

    private static Payload payloadOf(int bytes) {
        return Payload.of(Map.of("x", "x".repeat(bytes - "{\"x\":\"\"}".length())));
    }

    /**
     * Publishes a new event with the shared payload: creating the event is part of the publisher's cost, creating its
     * JSON is not.
     */
    Outcome publish() {
        return publish("");
    }

    /** The same as {@link #publish()}, in a trace context. */
    Outcome publish(String traceparent) {
        return publisher.publish(new ClientEvent(user, null, "test", payload, "", "", "", traceparent));
    }

    /** Opens a subscription at the live tail, from which the caller's thread takes. */
    Reader subscribe(String id) {
        try {
            return new Reader(hub.subscribe(SubscriptionRequest.of(id, "")));
        } catch (SubscriptionRefused e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of events that all subscriptions have taken so far. */
    long delivered() {
        return hub.subscriptions().stream()
                .mapToLong(SubscriptionStatus::delivered)
                .sum();
    }

    @Override
    public void close() {
        hub.close();
    }

    /** One subscription. Not thread-safe. */
    static final class Reader {

        private final Subscription subscription;
        private final push.engine.Delivery[] batch = new push.engine.Delivery[BATCH];

        private Reader(Subscription subscription) {
            this.subscription = subscription;
        }

        /** Waits for events, takes up to {@link #BATCH} of them, and returns their number; 0 at the end. */
        int take() throws InterruptedException {
            return subscription.take(batch) instanceof Taken.Deliveries(int count) ? count : 0;
        }

        private void takeAll() {
            try {
                while (take() > 0) {
                    // A taken event counts as delivered: the work of a gateway is not measured.
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the thread then ends
            }
        }
    }
}

package benchmarks;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import push.api.ClientEvent;
import push.api.Payload;
import push.api.Publisher;
import push.engine.EngineRuntime;
import push.engine.EventTracer;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.HubObserver;
import push.engine.Subscription;
import push.engine.SubscriptionRefused;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionStatus;

/**
 * A real hub with an audience: the memory log and the defaults, without metrics. The only class here that knows the
 * engine.
 *
 * <p>Its log is full from the start, as after minutes of work, so that each append also removes an event and nobody
 * measures how the log grows.
 */
final class BenchHub implements AutoCloseable {

    /** How many entries a reader takes at once at most: as many as a gateway's stream. */
    static final int BATCH = 64;

    private static final int PAYLOAD_BYTES = 256;
    private static final int MORE_THAN_THE_LOG_HOLDS = 200_000;

    /** Held, because the logging framework holds loggers weakly. */
    private static final Logger ENGINE_LOG = Logger.getLogger("push.engine");

    private final UUID user = UUID.fromString("3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11");
    private final Payload payload = payloadOf(PAYLOAD_BYTES);
    private final Hub hub;
    private final Publisher publisher;

    /** Opens a hub whose log is full, and then its audience, which has nothing to catch up with. */
    BenchHub(Audience audience) {
        this(audience, Hub.open(HubConfig.defaults(), "memory", EngineRuntime.system(), HubObserver.none()));
    }

    /** One whose events are traced, with nobody to hear of them. */
    BenchHub(EventTracer tracer) {
        this(
                Audience.NONE,
                Hub.open(HubConfig.defaults(), "memory", EngineRuntime.system(), HubObserver.none(), tracer));
    }

    private BenchHub(Audience audience, Hub hub) {
        ENGINE_LOG.setLevel(
                Level.OFF); // a line for each of 10,000 subscriptions that lose events is not the hub's cost
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

    /** Publishes an event of its own with the one payload: the event is the publisher's cost, its JSON is not. */
    Optional<String> publish() {
        return publish("");
    }

    /** As {@link #publish()}, in a trace context. */
    Optional<String> publish(String traceparent) {
        return publisher.publish(new ClientEvent(user, null, "test", payload, "", "", "", traceparent));
    }

    /** A subscription from now on, for the caller's thread to take from. */
    Reader subscribe(String id) {
        try {
            return new Reader(hub.subscribe(SubscriptionRequest.of(id, "")));
        } catch (SubscriptionRefused e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many events all subscriptions have taken so far. */
    long delivered() {
        return hub.subscriptions().stream()
                .mapToLong(SubscriptionStatus::delivered)
                .sum();
    }

    @Override
    public void close() {
        hub.close();
    }

    /** One subscription, for one thread. */
    static final class Reader {

        private final Subscription subscription;
        private final push.engine.Delivery[] batch = new push.engine.Delivery[BATCH];

        private Reader(Subscription subscription) {
            this.subscription = subscription;
        }

        /** Waits for events, takes up to {@link #BATCH}, and says how many; 0 at the end. */
        int take() throws InterruptedException {
            return subscription.take(batch);
        }

        private void takeAll() {
            try {
                while (take() > 0) {
                    // An event that was taken has been delivered: what a gateway does with it is another matter.
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // and ends with the thread
            }
        }
    }
}

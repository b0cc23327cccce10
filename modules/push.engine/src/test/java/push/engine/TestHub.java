package push.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.engine.memory.MemoryLog;

/** A hub whose log has the epoch {@code e}, on a machine whose clocks stand still. */
final class TestHub implements AutoCloseable {

    static final Duration WINDOW = Duration.ofMinutes(5);
    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    static final Duration GRACE = Duration.ofSeconds(2);
    static final String NODE = "n1";

    private static final Duration INVALIDATIONS = Duration.ofHours(24);
    private static final Duration MAINTENANCE = Duration.ofMillis(250);

    final FakeRuntime time = new FakeRuntime();
    final HeardByObserver heard = new HeardByObserver();
    final Hub hub;

    /**
     * @param buffer how many events a subscription may lag; 0 for any number
     * @param maxInvalidations the maximum number of retained invalidations
     */
    TestHub(int buffer, int maxInvalidations) {
        this(buffer, maxInvalidations, 1);
    }

    private TestHub(int buffer, int maxInvalidations, int processors) {
        time.processors(processors);
        RetentionConfig retention =
                new RetentionConfig(WINDOW, 16, 64 << 20, INVALIDATIONS, maxInvalidations, 32 << 20);
        HubConfig config =
                new HubConfig(retention, buffer, 256 << 10, 100, HEARTBEAT, GRACE, Duration.ofSeconds(5), NODE);
        this.hub = Hub.builder(config)
                .log(new MemoryLog("e", time))
                .runtime(time)
                .observe(heard)
                .open();
    }

    /** A hub that retains all events of a test. */
    static TestHub roomy() {
        return new TestHub(0, 100);
    }

    /** Like {@link #roomy}, on a machine with this number of processors. */
    static TestHub roomyOn(int processors) {
        return new TestHub(0, 100, processors);
    }

    Subscription subscribe(TestRequest request) throws SubscriptionRefused {
        return hub.subscribe(request.asked());
    }

    void publish(int events) {
        for (int i = 0; i < events; i++) {
            hub.publisher().publish(TestEvents.event(""));
        }
    }

    void publish(UUID user) {
        hub.publisher().publish(TestEvents.event(user, "test"));
    }

    void invalidate(UUID user, @Nullable UUID session) {
        hub.publisher().invalidate(user, session, "", "");
    }

    /**
     * Advances the clock until all recent events have expired, so that readers lose the events that they have not
     * taken.
     */
    void expire() {
        time.advance(WINDOW);
        step();
    }

    /** Runs a step of the first dispatcher, which is the only one on a machine with one processor. */
    void step() {
        hub.dispatchers().members().getFirst().step();
    }

    /** Runs the periodic maintenance of the hub. */
    void maintain() {
        time.advance(MAINTENANCE);
        step();
    }

    static Cursor at(long sequence) {
        return new Cursor("e", sequence);
    }

    /** The available deliveries of a subscription: notices as objects, events as text. */
    static List<Object> texts(Subscription subscription) {
        return texts(Drain.all(subscription));
    }

    static List<Object> texts(List<Delivery> deliveries) {
        List<Object> texts = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            switch (delivery) {
                case Entry entry -> texts.add((entry.isInvalidation() ? "invalidation " : "event ") + entry.sequence());
                case Notice notice -> texts.add(notice);
            }
        }
        return texts;
    }

    @Override
    public void close() {
        hub.close();
    }
}

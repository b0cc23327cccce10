package push.engine;

import java.time.Duration;
import push.engine.spi.LogState;

/** One subscription, and the parts of a hub that signal new events to it. */
final class SubscriptionFixture {

    private static final SubscriptionListener NOBODY = new SubscriptionListener() {
        @Override
        public void ended(Subscription subscription, End cause) {}

        @Override
        public void dropped(Subscription subscription, long clientEvents, boolean firstOfEpisode) {}

        @Override
        public void gap(Subscription subscription, Notice.Gap gap) {}
    };

    private final Registry registry = new Registry(1);
    private final DispatcherGroup dispatchers;
    private final LogTail log;
    private final Subscription subscription;
    private final Delivery[] batch = new Delivery[2];

    /** @param head the number of events that were published before the subscription was opened */
    SubscriptionFixture(EngineRuntime runtime, int head) {
        dispatchers = new DispatcherGroup(registry, runtime, () -> {}, Duration.ofDays(1));
        log = new LogTail(Stores.UNLIMITED, new NoWireFormat(), runtime, dispatchers::signal);
        log.begin(Stores.EPOCH, 0, true);
        log.state(LogState.READY);
        EventStore store = log.current();
        for (int sequence = 1; sequence <= head; sequence++) {
            Stores.append(store, sequence, Stores.clientEvent(Stores.USER));
        }
        SubscriptionRequest request = SubscriptionRequest.of("g", "");
        LogHealth health = new LogHealth(log, () -> Duration.ZERO, Duration.ofSeconds(5));
        HubParts parts = new HubParts(HubConfig.defaults(), runtime, log, health, dispatchers, NOBODY);
        Opening opening = new Opening(Resume.FRESH, ReaderState.at(head), head, null);
        subscription = new Subscription(request, store, opening, parts);
        registry.put(subscription, 0);
    }

    DispatcherGroup dispatchers() {
        return dispatchers;
    }

    /** The only dispatcher. */
    Dispatcher dispatcher() {
        return dispatchers.members().getFirst();
    }

    Subscription subscription() {
        return subscription;
    }

    /** Publishes as a log does: appends, then signals. */
    void publish(long sequence) {
        Stores.append(log.current(), sequence, Stores.clientEvent(Stores.USER));
        log.signal();
    }

    /** Takes what is available, or waits for it; returns what was taken, in words. */
    String take() {
        try {
            return switch (subscription.take(batch)) {
                case Taken.Deliveries(int count) -> "took " + count;
                case Taken.HandedBack _ -> "handed back";
                case Taken.Ended _ -> "ended";
            };
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

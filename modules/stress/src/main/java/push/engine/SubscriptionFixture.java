package push.engine;

import java.time.Duration;

/** One subscription, and the parts of a hub that signal news to it. */
final class SubscriptionFixture {

    private static final SubscriptionListener NOBODY = new SubscriptionListener() {
        @Override
        public void dropped(Subscription subscription, long clientEvents, boolean firstOfEpisode) {}

        @Override
        public void gap(Subscription subscription, Notice.Gap gap) {}
    };

    private final Registry registry = new Registry(1);
    private final DispatcherGroup dispatchers;
    private final EventStore store;
    private final Subscription subscription;
    private final Delivery[] batch = new Delivery[2];

    /** @param head the number of events that were published before the subscription was opened */
    SubscriptionFixture(EngineRuntime runtime, int head) {
        dispatchers = new DispatcherGroup(registry, runtime, () -> {}, Duration.ofDays(1));
        store = Stores.roomy(runtime, dispatchers::signal);
        for (int sequence = 1; sequence <= head; sequence++) {
            Stores.append(store, sequence, Stores.clientEvent(Stores.USER));
        }
        SubscriptionRequest request = SubscriptionRequest.of("g", "");
        HubParts parts = new HubParts(HubConfig.defaults(), runtime, store, dispatchers, NOBODY);
        subscription = new Subscription(request, new Opening(Resume.FRESH, Place.at(head), head, null), parts);
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
        Stores.append(store, sequence, Stores.clientEvent(Stores.USER));
        store.signal();
    }

    /** Takes what is available, or waits for it. */
    int take() {
        try {
            return subscription.take(batch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package push.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes all available deliveries, without waiting. */
final class Drain {

    private Drain() {}

    /** All deliveries, including notices. */
    static List<Delivery> all(Subscription subscription) {
        return all(subscription, 7);
    }

    static List<Delivery> all(Subscription subscription, int batchSize) {
        List<Delivery> deliveries = new ArrayList<>();
        Delivery[] batch = new Delivery[batchSize];
        for (int n = subscription.poll(batch); n > 0; n = subscription.poll(batch)) {
            deliveries.addAll(Arrays.asList(batch).subList(0, n));
        }
        return deliveries;
    }

    /** The sequences of the events. */
    static List<Long> sequences(Subscription subscription) {
        return all(subscription).stream()
                .filter(Entry.class::isInstance)
                .map(delivery -> ((Entry) delivery).sequence())
                .toList();
    }
}

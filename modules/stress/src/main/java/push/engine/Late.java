package push.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import push.engine.SubscriptionRequest.Start;

/** A reader that is opened while the test runs: with a cursor from before all events. */
final class Late {

    private static final SubscriptionRequest REQUEST = new SubscriptionRequest(
            "g",
            "",
            new Cursor(Stores.EPOCH, 0).toString(),
            Start.CURSOR,
            StalePolicy.OLDEST_RETAINED,
            Interest.ALL,
            false);

    private final EventStore store;
    private @Nullable Reading reading;

    Late(EventStore store) {
        this.store = store;
    }

    Reading open() {
        try {
            Opening opening = Opening.decide(REQUEST, store);
            reading = new Reading(store, Interest.ALL, new LagPolicy(0), opening, 1);
            return reading;
        } catch (SubscriptionRefused e) {
            throw new IllegalStateException(e);
        }
    }

    Reading opened() {
        return Objects.requireNonNull(reading);
    }
}

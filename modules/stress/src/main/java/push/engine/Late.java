package push.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import push.engine.SubscriptionRequest.Start;

/** A reader that is opened while the test runs, with a cursor from before all events. */
final class Late {

    private static final int BATCH = 4; // more than all events: a batch must not end a read early

    private final EventStore store;
    private final StalePolicy onStale;
    private @Nullable Reading reading;

    Late(EventStore store, StalePolicy onStale) {
        this.store = store;
        this.onStale = onStale;
    }

    Reading open() {
        try {
            Opening opening = Opening.decide(request(), store);
            reading = new Reading(store, Interest.ALL, new LagPolicy(0), opening, BATCH);
            return reading;
        } catch (SubscriptionRefused e) {
            throw new IllegalStateException(e);
        }
    }

    private SubscriptionRequest request() {
        String cursor = new Cursor(Stores.EPOCH, 0).toString();
        return new SubscriptionRequest("g", "", cursor, Start.CURSOR, onStale, Interest.ALL, false);
    }

    Reading opened() {
        return Objects.requireNonNull(reading);
    }
}

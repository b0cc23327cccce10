package push.engine;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The live subscriptions, one for each gateway id. */
final class Registry {

    private final ConcurrentHashMap<String, Subscription> byId = new ConcurrentHashMap<>();

    /** Enters it, and gives back the one whose place it took, if any. */
    @Nullable
    Subscription put(Subscription subscription) {
        return byId.put(subscription.gatewayClientId(), subscription);
    }

    /** Takes out exactly this one: a newer one of the same id stays. */
    void remove(Subscription subscription) {
        byId.remove(subscription.gatewayClientId(), subscription);
    }

    boolean contains(String gatewayClientId) {
        return byId.containsKey(gatewayClientId);
    }

    int size() {
        return byId.size();
    }

    /** A live view. */
    Collection<Subscription> all() {
        return byId.values();
    }
}

package app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Gateway ids as values of a metric's label: the first so many as they are, the rest together. */
final class GatewayLabels {

    static final String NAME = "gateway_client_id";
    static final String OTHER = "other";

    private final int max;
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    /** @param max how many ids get a series of their own */
    GatewayLabels(int max) {
        this.max = max;
    }

    String of(String gatewayClientId) {
        if (own.contains(gatewayClientId)) {
            return gatewayClientId;
        }
        synchronized (own) {
            boolean has = own.contains(gatewayClientId) || (own.size() < max && own.add(gatewayClientId));
            return has ? gatewayClientId : OTHER;
        }
    }
}

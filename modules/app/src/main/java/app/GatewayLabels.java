package app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Maps gateway ids to values of a metric label: each of the first ids to itself, and all others to {@code other}. */
final class GatewayLabels {

    static final String NAME = "gateway_client_id";
    static final String OTHER = "other";

    private final int max;
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    /** @param max how many ids have their own series */
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

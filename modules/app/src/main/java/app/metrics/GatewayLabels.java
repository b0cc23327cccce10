package app.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Maps gateway ids to values of a metric label: each of the first ids to itself, and all others to {@code other}. */
final class GatewayLabels {

    static final String NAME = "gateway_client_id";
    static final String OTHER = "other";

    private final int max;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param max how many ids have their own series */
    GatewayLabels(int max) {
        this.max = max;
    }

    /** The label for a gateway id. The same id always has the same label. */
    String of(String gatewayClientId) {
        if (known.contains(gatewayClientId)) {
            return gatewayClientId;
        }
        synchronized (known) {
            boolean isKnown = known.contains(gatewayClientId) || (known.size() < max && known.add(gatewayClientId));
            return isKnown ? gatewayClientId : OTHER;
        }
    }
}

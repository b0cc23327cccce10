package app;

import io.helidon.metrics.api.Meter;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import push.engine.SubscriptionStatus;

/**
 * The lag of each subscribed gateway. Up to a maximum number of gateways have their own series; one series shows the
 * largest lag of all others. A gateway's series is removed when its subscription has ended. Thread-safe.
 */
final class LagByGateway {

    private static final String NAME = "grpc_push_subscriber_lag";
    private static final String DESCRIPTION =
            "How many events a gateway has yet to take; of those under \"other\", the one that is most behind.";

    private final Meters meters;
    private final int max;
    private final Map<String, Long> lags = new ConcurrentHashMap<>();

    /** Guarded by {@code this}. */
    private final Map<String, Meter> own = new HashMap<>();

    /** @param max how many gateways have their own series */
    LagByGateway(Meters meters, int max) {
        this.meters = meters;
        this.max = max;
        show(GatewayLabels.OTHER);
    }

    private Meter show(String label) {
        return meters.show(
                NAME, DESCRIPTION, () -> lags.getOrDefault(label, 0L), Meters.label(GatewayLabels.NAME, label));
    }

    /** Updates all series to the current state. Call this method before the series are read. */
    synchronized void update(List<SubscriptionStatus> subscriptions) {
        Map<String, Long> now = new HashMap<>();
        subscriptions.forEach(one -> now.put(one.gatewayClientId(), one.lag()));
        removeAllBut(now);
        long rest = now.getOrDefault(GatewayLabels.OTHER, 0L); // a gateway's id may be "other"
        for (Map.Entry<String, Long> gateway : now.entrySet()) {
            if (hasItsOwn(gateway.getKey())) {
                lags.put(gateway.getKey(), gateway.getValue());
            } else {
                rest = Math.max(rest, gateway.getValue());
            }
        }
        lags.put(GatewayLabels.OTHER, rest);
    }

    private boolean hasItsOwn(String id) {
        if (id.equals(GatewayLabels.OTHER)) {
            return false;
        }
        if (!own.containsKey(id) && own.size() < max) {
            own.put(id, show(id));
        }
        return own.containsKey(id);
    }

    private void removeAllBut(Map<String, Long> subscribed) {
        Iterator<Map.Entry<String, Meter>> each = own.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Meter> one = each.next();
            if (!subscribed.containsKey(one.getKey())) {
                each.remove();
                lags.remove(one.getKey());
                meters.hide(one.getValue());
            }
        }
    }
}

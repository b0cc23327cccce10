package app.metrics;

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
            "Events that a gateway has not taken yet. \"other\" has the largest lag of all other gateways.";

    private final Meters meters;
    private final int max;
    private final Map<String, Long> lags = new ConcurrentHashMap<>();

    /** The gateways that have their own series. Guarded by {@code this}. */
    private final Map<String, Meter> gauges = new HashMap<>();

    /** @param max how many gateways have their own series */
    LagByGateway(Meters meters, int max) {
        this.meters = meters;
        this.max = max;
        addGauge(GatewayLabels.OTHER);
    }

    private Meter addGauge(String label) {
        return meters.gauge(
                NAME, DESCRIPTION, () -> lags.getOrDefault(label, 0L), Meters.label(GatewayLabels.NAME, label));
    }

    /** Updates all series to the current state. Call this method before the series are read. */
    synchronized void update(List<SubscriptionStatus> subscriptions) {
        Map<String, Long> current = new HashMap<>();
        subscriptions.forEach(subscription -> current.put(subscription.gatewayClientId(), subscription.lag()));
        removeAllBut(current);
        long largestOther = current.getOrDefault(GatewayLabels.OTHER, 0L); // a gateway's id may be "other"
        for (Map.Entry<String, Long> gateway : current.entrySet()) {
            if (hasOwnSeries(gateway.getKey())) {
                lags.put(gateway.getKey(), gateway.getValue());
            } else {
                largestOther = Math.max(largestOther, gateway.getValue());
            }
        }
        lags.put(GatewayLabels.OTHER, largestOther);
    }

    private boolean hasOwnSeries(String id) {
        if (id.equals(GatewayLabels.OTHER)) {
            return false;
        }
        if (!gauges.containsKey(id) && gauges.size() < max) {
            gauges.put(id, addGauge(id));
        }
        return gauges.containsKey(id);
    }

    private void removeAllBut(Map<String, Long> subscribed) {
        Iterator<Map.Entry<String, Meter>> all = gauges.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Meter> gauge = all.next();
            if (!subscribed.containsKey(gauge.getKey())) {
                all.remove();
                lags.remove(gauge.getKey());
                meters.remove(gauge.getValue());
            }
        }
    }
}

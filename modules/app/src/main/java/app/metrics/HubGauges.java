package app.metrics;

import auth.Relay;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import java.util.List;
import limits.RequestBudget;
import push.engine.Hub;
import push.engine.SubscriptionStatus;

/** Shows the state of a hub and its parts. Each scrape reads the current state. */
public final class HubGauges {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Meters meters;
    private final Hub hub;
    private final LagByGateway lag;

    /**
     * Shows the state of a hub: its subscribers, and what it retains.
     *
     * @param maxGateways how many gateway ids have their own series
     */
    public HubGauges(Meters meters, Hub hub, int maxGateways) {
        this.meters = meters;
        this.hub = hub;
        this.lag = new LagByGateway(meters, maxGateways);
        meters.gauge(
                "grpc_push_subscribers",
                "Gateways that are subscribed.",
                () -> hub.status().subscribers());
        meters.gauge(
                "grpc_push_ring_events",
                "Events that can be replayed.",
                () -> hub.status().retainedEvents());
        meters.gauge(
                "grpc_push_ring_bytes",
                "Bytes of the heap that the events that can be replayed take.",
                () -> hub.status().retainedBytes());
        meters.gauge(
                "grpc_push_invalidations_retained",
                "Users and sessions whose last invalidation can be replayed.",
                () -> hub.status().retainedInvalidations());
        meters.gauge(
                "grpc_push_log_age_seconds",
                "How long ago the log was known to be current.",
                () -> hub.status().logAge().toNanos() / NANOS_PER_SECOND);
        meters.gauge(
                "grpc_push_subscriber_lag_max",
                "Events that the slowest subscriber has not taken yet.",
                () -> hub.subscriptions().stream()
                        .mapToLong(SubscriptionStatus::lag)
                        .max()
                        .orElse(0));
    }

    /** Shows the memory that requests hold. */
    public void watch(RequestBudget budget) {
        meters.gauge(
                "grpc_push_requests_bytes",
                "Bytes held by unfinished requests, their JSON trees and the interests of subscriptions.",
                () -> budget.whole().held());
    }

    /** Shows the revocations that are not published yet. */
    public void watch(Relay relay) {
        meters.gauge(
                "grpc_push_outbox_pending",
                "Revocations that are committed and not yet published, as last known.",
                () -> relay.pending().count());
        meters.gauge(
                "grpc_push_outbox_age_seconds",
                "How long the oldest revocation that is not yet published has waited; 0 if there is none.",
                () -> relay.pendingAge().toNanos() / NANOS_PER_SECOND);
    }

    /** Shows the result of each readiness check. */
    public void watch(List<HealthCheck> readiness) {
        for (HealthCheck check : readiness) {
            meters.gauge(
                    "push_ready",
                    "The result of a readiness check: 1 if it is up, 0 if it is down.",
                    () -> check.call().status() == HealthCheckResponse.Status.UP ? 1 : 0,
                    Meters.label("check", check.name()));
        }
    }

    /** Updates the series of the gateways, which come and go together. Call this method before each scrape. */
    public void update() {
        lag.update(hub.subscriptions());
    }
}

package app;

import app.logging.Log;
import auth.Relay;
import http.RequestObserver;
import io.grpc.Status;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.DistributionSummary;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import limits.RequestBudget;
import org.jspecify.annotations.Nullable;
import push.engine.Hub;
import push.engine.HubObserver;
import push.engine.Notice.Gap;
import push.engine.SubscriptionStatus;
import push.transport.PushTransport;
import push.transport.TransportObserver;
import threads.LongLived;
import threads.ThreadWatch;

/**
 * The metrics of a hub and its streams, under the names of the contract. Every series whose labels are known in advance
 * exists from the start with the value 0, because {@code increase()} ignores the first value of a series.
 */
final class HubMetrics implements HubObserver, TransportObserver, AutoCloseable {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(10_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    private static final double NANOS_PER_SECOND = 1e9;

    private final Meters meters;
    private final GatewayLabels gateways;
    private final RequestMetrics requests;
    private final LagByGateway lag;
    private final Counter clientEvents;
    private final Counter sessionInvalidations;
    private final Timer append;
    private final Timer publishToWrite;
    private final DistributionSummary replay;
    private volatile @Nullable Hub watched;

    /** @param maxGateways how many gateway ids have their own series */
    HubMetrics(MeterRegistry registry, int maxGateways) {
        this.meters = new Meters(registry);
        this.gateways = new GatewayLabels(maxGateways);
        this.lag = new LagByGateway(meters, maxGateways);
        this.requests = new RequestMetrics(meters, DescribedCall.in(OpenApiRoutes.document()));
        this.clientEvents = events("client_event");
        this.sessionInvalidations = events("session_invalidation");
        this.append = meters.histogram("grpc_push_append_seconds", "How long the log took to take an event.", BUCKETS);
        this.publishToWrite = meters.histogram(
                "grpc_push_publish_to_write_seconds",
                "From the append of an event to its write; of each batch, the event that waited longest.",
                BUCKETS);
        this.replay = registry.getOrCreate(DistributionSummary.builder("grpc_push_replay_events")
                .description("Events that a new subscription had to replay, where it had any."));
        listAll();
        meters.showCount(
                "grpc_push_log_lines_dropped_total",
                "Lines of the log that were left out: one of many alike, or stderr was not read.",
                Log::dropped);
        for (LongLived thread : LongLived.values()) {
            meters.showCount(
                    "push_threads_failed_total",
                    "Failures of threads that live as long as the hub, by thread; each goes on after a failure.",
                    () -> ThreadWatch.failures(thread),
                    Meters.label("thread", thread.label()));
        }
    }

    private void listAll() {
        dropped(GatewayLabels.OTHER);
        for (Gap.Reason reason : Gap.Reason.values()) {
            gaps(reason);
            missed(reason);
        }
        for (Status.Code code : Status.Code.values()) {
            streams(code.name());
        }
        PushTransport.connectionCauses().forEach(this::connections);
    }

    private Counter events(String kind) {
        return meters.counter("grpc_push_events_total", "Push events published, by kind.", Meters.label("kind", kind));
    }

    private Counter dropped(String gateway) {
        return meters.counter(
                "grpc_push_dropped_total",
                "Client events that a subscriber lost because it lagged too far, by gateway.",
                Meters.label(GatewayLabels.NAME, gateway));
    }

    private Counter gaps(Gap.Reason reason) {
        return meters.counter(
                "grpc_push_gaps_total",
                "Gaps in push streams, by reason, whether the gateway asked to be told or not.",
                Meters.label("reason", reason.name()));
    }

    private Counter missed(Gap.Reason reason) {
        return meters.counter(
                "grpc_push_invalidations_missed_total",
                "Gaps in which a session invalidation may be lost: sessions may live on.",
                Meters.label("reason", reason.name()));
    }

    private Counter streams(String status) {
        return meters.counter(
                "grpc_push_streams_ended_total",
                "Push streams that ended, by gRPC status.",
                Meters.label("status", status));
    }

    private Counter connections(String cause) {
        return meters.counter(
                "grpc_push_connections_ended_total",
                "Connections that the hub ended because of what the peer did, by cause.",
                Meters.label("cause", cause));
    }

    /** The observer that counts HTTP requests. */
    RequestObserver requests() {
        return requests;
    }

    /** Adds gauges for the state of a hub. Each scrape reads the current state. */
    void watch(Hub hub) {
        watched = hub;
        meters.show(
                "grpc_push_subscribers",
                "Gateways that are subscribed.",
                () -> hub.status().subscribers());
        meters.show(
                "grpc_push_ring_events",
                "Events that can be replayed.",
                () -> hub.status().retainedEvents());
        meters.show(
                "grpc_push_ring_bytes",
                "What they take on the heap.",
                () -> hub.status().retainedBytes());
        meters.show(
                "grpc_push_invalidations_retained",
                "Users and sessions whose last invalidation can be replayed.",
                () -> hub.status().retainedInvalidations());
        meters.show(
                "grpc_push_subscriber_lag_max",
                "How many events the slowest subscriber has yet to take.",
                () -> hub.subscriptions().stream()
                        .mapToLong(SubscriptionStatus::lag)
                        .max()
                        .orElse(0));
    }

    /** Adds a gauge for the memory that requests hold. Each scrape reads the current value. */
    void watch(RequestBudget budget) {
        meters.show(
                "grpc_push_requests_bytes",
                "What unfinished requests, their JSON trees and interests hold together, in bytes.",
                () -> budget.whole().held());
    }

    /** Adds gauges for the revocations that are not published yet. */
    void watch(Relay relay) {
        meters.show(
                "grpc_push_outbox_pending",
                "Revocations that are committed and not yet published, as last known.",
                () -> relay.pending().count());
        meters.show(
                "grpc_push_outbox_age_seconds",
                "For how long the oldest of them has waited; 0 if there are none.",
                () -> relay.pendingAge().toNanos() / NANOS_PER_SECOND);
    }

    /** Adds a gauge for each readiness check. */
    void watch(List<HealthCheck> checks) {
        for (HealthCheck check : checks) {
            meters.show(
                    "push_ready",
                    "Whether the hub is ready, by what is checked: 1 or 0.",
                    () -> check.call().status() == HealthCheckResponse.Status.UP ? 1 : 0,
                    Meters.label("check", check.name()));
        }
    }

    /** Updates the metrics that must be updated together. Call this method before each scrape. */
    void update() {
        Hub hub = watched;
        if (hub != null) {
            lag.update(hub.subscriptions());
        }
    }

    /** Removes the meters that show the state of the hub. */
    @Override
    public void close() {
        meters.close();
    }

    @Override
    public void appended(Kind kind, long nanos) {
        (kind == Kind.CLIENT_EVENT ? clientEvents : sessionInvalidations).increment();
        append.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void dropped(String gatewayClientId, long count) {
        dropped(gateways.of(gatewayClientId)).increment(count);
    }

    @Override
    public void replaying(long count) {
        replay.record((double) count);
    }

    @Override
    public void gap(Gap gap) {
        gaps(gap.reason()).increment();
        if (gap.invalidationsMissed()) {
            missed(gap.reason()).increment();
        }
    }

    @Override
    public void wrote(long appendedNanos) {
        publishToWrite.record(System.nanoTime() - appendedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void connectionEnded(String cause) {
        connections(cause).increment();
    }

    @Override
    public void ended(String status) {
        streams(status).increment();
    }
}

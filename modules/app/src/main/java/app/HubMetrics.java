package app;

import app.logging.Log;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.DistributionSummary;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import limits.RequestBudget;
import push.engine.Hub;
import push.engine.HubObserver;
import push.engine.Notice;
import push.engine.SubscriptionStatus;
import push.transport.PushTransport;
import push.transport.TransportObserver;

/** Counts what happens in a hub and on its streams, under the names of the contract. */
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

    private static final double[] NONE = {};

    private final MeterRegistry registry;
    private final GatewayLabels gateways;
    private final Counter clientEvents;
    private final Counter sessionInvalidations;
    private final List<Meter> meters = new ArrayList<>();
    private final Timer append;
    private final Timer publishToWrite;
    private final DistributionSummary replay;

    /** @param maxGateways how many gateway ids get a series of their own */
    HubMetrics(MeterRegistry registry, int maxGateways) {
        this.registry = registry;
        this.gateways = new GatewayLabels(maxGateways);
        this.clientEvents = events("client_event");
        this.sessionInvalidations = events("session_invalidation");
        this.append = registry.getOrCreate(Timer.builder("grpc_push_append_seconds")
                .description("How long the log took to take an event.")
                .percentiles(NONE) // none beside the buckets: one family can't be both
                .buckets(BUCKETS));
        this.publishToWrite = registry.getOrCreate(Timer.builder("grpc_push_publish_to_write_seconds")
                .description("From the append of an event to its write; of each batch, the event that waited longest.")
                .percentiles(NONE) // none beside the buckets: one family can't be both
                .buckets(BUCKETS));
        this.replay = registry.getOrCreate(DistributionSummary.builder("grpc_push_replay_events")
                .description("Events that a new subscription had to replay, where it had any."));
        PushTransport.connectionCauses().forEach(this::connections);
        meters.add(registry.getOrCreate(FunctionalCounter.builder(
                        "grpc_push_log_lines_dropped_total", this, any -> Log.dropped())
                .description("Lines of the log that were left out: one of many alike, or stderr was not read.")));
    }

    private Counter events(String kind) {
        return registry.getOrCreate(Counter.builder("grpc_push_events_total")
                .description("Push events published, by kind.")
                .tags(List.of(Tag.create("kind", kind))));
    }

    /** Shows the state of a hub, each time that the metrics are read. */
    void watch(Hub hub) {
        gauge(
                "grpc_push_subscribers",
                "Gateways that are subscribed.",
                () -> hub.status().subscribers());
        gauge(
                "grpc_push_ring_events",
                "Events that can be replayed.",
                () -> hub.status().retainedEvents());
        gauge(
                "grpc_push_ring_bytes",
                "What they take on the heap.",
                () -> hub.status().retainedBytes());
        gauge(
                "grpc_push_invalidations_retained",
                "Users and sessions whose last invalidation can be replayed.",
                () -> hub.status().retainedInvalidations());
        gauge(
                "grpc_push_subscriber_lag_max",
                "How many events the slowest subscriber has yet to take.",
                () -> hub.subscriptions().stream()
                        .mapToLong(SubscriptionStatus::lag)
                        .max()
                        .orElse(0));
    }

    /** Shows what requests hold, each time that the metrics are read. */
    void watch(RequestBudget budget) {
        gauge(
                "grpc_push_requests_bytes",
                "What unfinished requests, their JSON trees and interests hold together, in bytes.",
                () -> budget.whole().held());
    }

    private <N extends Number> void gauge(String name, String description, Supplier<N> value) {
        meters.add(registry.getOrCreate(Gauge.builder(name, value).description(description)));
    }

    /** Stops showing the hub. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    @Override
    public void appended(Kind kind, long nanos) {
        (kind == Kind.CLIENT_EVENT ? clientEvents : sessionInvalidations).increment();
        append.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void dropped(String gatewayClientId, long count) {
        registry.getOrCreate(Counter.builder("grpc_push_dropped_total")
                        .description("Client events that a subscriber lost because it lagged too far, by gateway.")
                        .tags(List.of(Tag.create("gateway_client_id", gateways.of(gatewayClientId)))))
                .increment(count);
    }

    @Override
    public void replaying(long count) {
        replay.record((double) count);
    }

    @Override
    public void gap(Notice.Gap gap) {
        registry.getOrCreate(Counter.builder("grpc_push_gaps_total")
                        .description("Gaps in push streams, by reason, whether the gateway asked to be told or not.")
                        .tags(List.of(Tag.create("reason", gap.reason().name()))))
                .increment();
        if (gap.invalidationsMissed()) {
            registry.getOrCreate(Counter.builder("grpc_push_invalidations_missed_total")
                            .description("Gaps in which a session invalidation may be lost: sessions may live on.")
                            .tags(List.of(Tag.create("reason", gap.reason().name()))))
                    .increment();
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

    private Counter connections(String cause) {
        return registry.getOrCreate(Counter.builder("grpc_push_connections_ended_total")
                .description("Connections that the hub ended because of what the peer did, by cause.")
                .tags(List.of(Tag.create("cause", cause))));
    }

    @Override
    public void ended(String status) {
        registry.getOrCreate(Counter.builder("grpc_push_streams_ended_total")
                        .description("Push streams that ended, by gRPC status.")
                        .tags(List.of(Tag.create("status", status))))
                .increment();
    }
}

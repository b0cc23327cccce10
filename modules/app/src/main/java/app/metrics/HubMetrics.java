package app.metrics;

import io.grpc.Status;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.DistributionSummary;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import push.engine.HubObserver;
import push.engine.Notice.Gap;
import push.transport.PushTransport;
import push.transport.TransportObserver;

/**
 * Counts and times the events of a hub and its streams, under the names of the contract. Every series whose labels are
 * known in advance exists from the start with the value 0, because {@code increase()} ignores the first value of a
 * series.
 */
public final class HubMetrics implements HubObserver, TransportObserver {

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

    private final Meters meters;
    private final GatewayLabels gateways;
    private final Counter clientEvents;
    private final Counter sessionInvalidations;
    private final Timer append;
    private final Timer publishToWrite;
    private final DistributionSummary replay;

    /** @param maxGateways how many gateway ids have their own series */
    public HubMetrics(Meters meters, int maxGateways) {
        this.meters = meters;
        this.gateways = new GatewayLabels(maxGateways);
        this.clientEvents = events("client_event");
        this.sessionInvalidations = events("session_invalidation");
        this.append = meters.histogram("grpc_push_append_seconds", "The time to append an event to the log.", BUCKETS);
        this.publishToWrite = meters.histogram(
                "grpc_push_publish_to_write_seconds",
                "The time from append to write, of the event in each batch that waited longest.",
                BUCKETS);
        this.replay = meters.summary(
                "grpc_push_replay_events", "Events that a new subscription had to replay, if there were any.");
        createAllSeries();
    }

    private void createAllSeries() {
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
        return meters.counter("grpc_push_events_total", "Published events, by kind.", Meters.label("kind", kind));
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
                "Gaps in push streams, whether or not the gateway asked for notices, by reason.",
                Meters.label("reason", reason.name()));
    }

    private Counter missed(Gap.Reason reason) {
        return meters.counter(
                "grpc_push_invalidations_missed_total",
                "Gaps in which a session invalidation may have been lost: a revoked session may still be open.",
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
                "Connections that the hub ended because of the peer's behaviour, by cause.",
                Meters.label("cause", cause));
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

package app.metrics;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.helidon.service.registry.Services;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.Cursor;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.SubscriptionStatus;
import push.engine.SubscriptionStatus.State;

class LagByGatewayTest {

    private final MeterRegistry registry =
            Services.get(MetricsFactory.class).createMeterRegistry(MetricsConfig.create());
    private final Meters meters = new Meters(registry);
    private final LagByGateway lag = new LagByGateway(meters, 2);
    private final Cursor cursor = head();

    /** All registries of a process share their meters. */
    @AfterEach
    void close() {
        meters.close();
    }

    private static Cursor head() {
        try (Hub hub = Hub.builder(HubConfig.defaults()).open()) {
            return hub.status().head();
        }
    }

    private SubscriptionStatus gateway(String id, long behind) {
        return new SubscriptionStatus(id, "peer", Instant.EPOCH, cursor, behind, 0, 0, State.LIVE);
    }

    private Map<String, Long> shown() {
        Map<String, Long> shown = new TreeMap<>();
        for (Meter meter : registry.meters()) {
            if (meter instanceof Gauge<?> gauge && meter.id().name().equals("grpc_push_subscriber_lag")) {
                shown.put(
                        meter.id().tagsMap().get("gateway_client_id"),
                        gauge.value().longValue());
            }
        }
        return shown;
    }

    @Test
    void seriesForOthersExistsBeforeAnyGateway() {
        assertThat(shown(), is(Map.of("other", 0L)));
    }

    @Test
    void gatewayHasItsOwnSeriesWhileSubscribed() {
        lag.update(List.of(gateway("a", 5), gateway("b", 0)));
        assertThat(shown(), is(Map.of("a", 5L, "b", 0L, "other", 0L)));
        lag.update(List.of(gateway("b", 7)));
        assertThat(shown(), is(Map.of("b", 7L, "other", 0L)));
        lag.update(List.of());
        assertThat(shown(), is(Map.of("other", 0L)));
    }

    @Test
    void gatewaysBeyondTheMaximumShareASeriesUntilAnotherLeaves() {
        lag.update(List.of(gateway("a", 1), gateway("b", 2)));
        lag.update(List.of(gateway("a", 1), gateway("b", 2), gateway("c", 30), gateway("d", 4)));
        assertThat(shown(), is(Map.of("a", 1L, "b", 2L, "other", 30L)));
        lag.update(List.of(gateway("b", 2), gateway("c", 30)));
        assertThat(shown(), is(Map.of("b", 2L, "c", 30L, "other", 0L)));
    }

    @Test
    void gatewayNamedOtherHasNoOwnSeries() {
        lag.update(List.of(gateway("other", 9), gateway("a", 1), gateway("b", 2)));
        assertThat(shown(), is(Map.of("a", 1L, "b", 2L, "other", 9L)));
    }

    @Test
    void gatewaysThatEndLeaveNoSeries() {
        IntStream.range(0, 5_000)
                .forEach(i -> lag.update(List.of(gateway("x" + i, i), gateway("y" + i, i), gateway("z" + i, i))));
        assertThat(shown().size(), is(3));
        lag.update(List.of());
        assertThat(shown(), is(Map.of("other", 0L)));
    }
}

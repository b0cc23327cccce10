package app.metrics;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import app.OpenApiRoutes;
import io.grpc.Status;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.helidon.service.registry.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import push.engine.Cursor;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.HubObserver;
import push.engine.Notice.Gap;
import push.transport.PushTransport;
import threads.LongLived;

/**
 * Every counter whose labels can be listed has its series before anything is counted, so that alerts can use it.
 * Counters belong to the process, so a conformance test checks in a new process that they start at 0.
 */
class HubMetricsTest {

    private static final String OPEN_API = OpenApiRoutes.document();

    private final MeterRegistry registry = registry();
    private final Meters meters = new Meters(registry);
    private final HubMetrics metrics = new HubMetrics(meters, 2);
    private final RequestMetrics requests = new RequestMetrics(meters, OPEN_API);

    private static MeterRegistry registry() {
        MeterRegistry registry = Services.get(MetricsFactory.class).createMeterRegistry(MetricsConfig.create());
        Meters.omitScopeLabel();
        return registry;
    }

    @BeforeEach
    void addProcessMetrics() {
        ProcessMetrics.addTo(meters);
    }

    @AfterEach
    void close() {
        meters.close();
    }

    private static String series(Meter meter) {
        return meter.id().name() + new TreeMap<>(meter.id().tagsMap());
    }

    private Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        for (Meter meter : registry.meters()) {
            if (meter instanceof Counter counter) {
                counters.put(series(meter), counter.count());
            } else if (meter instanceof FunctionalCounter counter) {
                counters.put(series(meter), counter.count());
            }
        }
        return counters;
    }

    private static List<String> listed(String name, String label, List<String> values) {
        return values.stream()
                .map(value -> name + "{" + label + "=" + value + "}")
                .toList();
    }

    private static <E extends Enum<E>> List<String> names(E[] values) {
        return List.of(values).stream().map(Enum::name).toList();
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>();
        all.addAll(listed("grpc_push_events_total", "kind", List.of("client_event", "session_invalidation")));
        all.addAll(listed("grpc_push_gaps_total", "reason", names(Gap.Reason.values())));
        all.addAll(listed("grpc_push_invalidations_missed_total", "reason", names(Gap.Reason.values())));
        all.addAll(listed("grpc_push_streams_ended_total", "status", names(Status.Code.values())));
        all.addAll(listed("grpc_push_connections_ended_total", "cause", PushTransport.connectionCauses()));
        all.addAll(listed("grpc_push_dropped_total", "gateway_client_id", List.of("other")));
        all.addAll(listed(
                "push_threads_failed_total",
                "thread",
                List.of(LongLived.values()).stream().map(LongLived::label).toList()));
        return all;
    }

    @Test
    void everySeriesWithKnownLabelsExistsFromTheStart() {
        Map<String, Long> counters = counters();
        for (String series : all()) {
            assertThat(counters.keySet(), hasItem(series));
        }
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other")) {
            for (int refused : List.of(401, 403, 500)) {
                String series = "http_requests_total{method=" + method + ", route=other, status=" + refused + "}";
                assertThat(counters.keySet(), hasItem(series));
            }
        }
        for (OpenApiOperation call : OpenApiOperation.allIn(OPEN_API)) {
            for (int status : call.statuses()) {
                assertThat(
                        counters.keySet(),
                        hasItem("http_requests_total{method=" + call.method() + ", route=" + call.route() + ", status="
                                + status + "}"));
            }
        }
    }

    @Test
    void eventsCreateNoOtherSeries() {
        Cursor cursor = cursor();
        List<String> before = shown();
        Map<String, Long> counted = counters();
        for (HubObserver.Kind kind : HubObserver.Kind.values()) {
            metrics.appended(kind, 1);
        }
        for (Gap.Reason reason : Gap.Reason.values()) {
            metrics.gap(new Gap(cursor, cursor, cursor, 1, reason, true));
        }
        for (Status.Code code : Status.Code.values()) {
            metrics.ended(code.name());
        }
        PushTransport.connectionCauses().forEach(metrics::connectionEnded);
        metrics.dropped("other", 1);
        metrics.replaying(1);
        metrics.wrote(System.nanoTime());
        assertThat(shown(), is(before));
        Map<String, Long> counters = counters();
        for (String series : all()) {
            if (!series.startsWith("push_threads")) {
                assertThat(series, counters.getOrDefault(series, 0L) - counted.getOrDefault(series, 0L), is(1L));
            }
        }
    }

    private static Cursor cursor() {
        try (Hub hub = Hub.builder(HubConfig.defaults()).open()) {
            return hub.status().head();
        }
    }

    @Test
    void clientCannotCreateSeriesOfRequests() {
        List<String> before = shown();
        String other = "http_requests_total{method=other, route=other, status=404}";
        String described = "http_requests_total{method=GET, route=/openapi.json, status=200}";
        Map<String, Long> counted = counters();
        for (int i = 0; i < 100; i++) {
            requests.answered("M" + i, "/path/" + i, 404, 1);
            requests.answered("M" + i, "", 404, 1);
        }
        assertThat(shown(), is(before));
        requests.answered("GET", "/openapi.json", 200, 1);
        Map<String, Long> counters = counters();
        assertThat(counters.getOrDefault(other, 0L) - counted.getOrDefault(other, 0L), is(200L));
        assertThat(counters.getOrDefault(described, 0L) - counted.getOrDefault(described, 0L), is(1L));
    }

    @Test
    void closeRemovesTheGaugesOfTheHub() {
        try (Hub hub = Hub.builder(HubConfig.defaults()).observe(metrics).open()) {
            new HubGauges(meters, hub, 2).update();
            assertThat(shown(), hasItem("grpc_push_subscribers{}"));
            assertThat(shown(), hasItem("grpc_push_log_age_seconds{}"));
            meters.close();
            assertThat(shown(), not(hasItem("grpc_push_subscribers{}")));
        }
    }

    private List<String> shown() {
        return registry.meters().stream().map(HubMetricsTest::series).sorted().toList();
    }
}

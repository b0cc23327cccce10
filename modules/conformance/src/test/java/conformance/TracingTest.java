package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import conformance.OtlpCollector.Received;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import push.protocol.v1.PushEvent;
import testing.ForeignGateway;

/** Traces from a request to the handlers of the gateways, as a collector receives them. */
class TracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String RECORDED = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String OTHER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    private static final String USER = UUID.randomUUID().toString();
    private static final String NOTIFICATION = "{\"user_id\":\"" + USER + "\",\"kind\":\"mail\",\"payload\":{}}";

    private static String yaml(OtlpCollector collector) {
        return "tracing: { endpoint: '" + collector.address() + "', sampling-ratio: 0, deliveries: 1 }";
    }

    private static void notify(HubProcess hub, String traceparent) throws Exception {
        assertThat(
                hub.api()
                        .call("POST", "/api/v1/notifications", NOTIFICATION, "traceparent", traceparent)
                        .status(),
                is(202));
    }

    @Test
    void anEventIsTracedFromTheRequestToTheHandlers() throws Exception {
        try (OtlpCollector collector = new OtlpCollector();
                HubProcess hub = HubProcess.start(yaml(collector))) {
            ForeignGateway foreign = hub.subscribe("foreign", "").readingAll();
            Process tail = tail(hub, collector);
            hub.awaitSubscribers(2);

            notify(hub, OTHER);
            notify(hub, RECORDED);

            assertThat(tail.waitFor(60, TimeUnit.SECONDS), is(true));
            PushEvent unrecorded = foreign.next();
            PushEvent event = foreign.next();
            Received request = collector.await("POST /api/v1/notifications");
            Received publish = collector.await("publish client_event");
            Received append = collector.await("append");
            List<Received> deliveries = collector.await("deliver", 2);
            Received handling = collector.await("handle client_event");

            assertThat(List.of(request.traceId(), request.parentId()), is(List.of(TRACE, PARENT)));
            assertThat(request.attribute("http.response.status_code"), is("202"));
            assertThat(List.of(publish.traceId(), publish.parentId()), is(List.of(TRACE, request.id())));
            assertThat(
                    publish.attribute("push.event_id"),
                    is(event.getClientEvent().getEventId()));
            assertThat(List.of(append.traceId(), append.parentId()), is(List.of(TRACE, publish.id())));
            assertThat(append.attribute("push.cursor"), is(event.getCursor()));
            assertThat(event.getTraceparent(), is("00-" + TRACE + "-" + publish.id() + "-01"));
            assertThat(event.getClientEvent().getTraceId(), is(TRACE));

            String published = TRACE + "-" + publish.id();
            assertThat(deliveries.stream().map(Received::link).toList(), everyItem(is(published)));
            assertThat(deliveries.stream().map(Received::traceId).toList(), everyItem(not(TRACE)));
            assertThat(
                    deliveries.stream()
                            .map(delivery -> delivery.attribute("push.gateway_client_id"))
                            .toList(),
                    containsInAnyOrder("foreign", "tail"));
            assertThat(handling.link(), is(published));
            assertThat(handling.service(), is("push-tail"));

            assertThat(unrecorded.getTraceparent().startsWith(OTHER.substring(0, 36)), is(true));
            assertThat(unrecorded.getTraceparent().endsWith("-00"), is(true));
            assertThat(collector.named("publish client_event").size(), is(1));
        }
    }

    /** The trace passes through the outbox, which another thread reads. */
    @Test
    void aRevocationIsTracedThroughTheOutbox() throws Exception {
        try (OtlpCollector collector = new OtlpCollector();
                HubProcess hub = HubProcess.start(yaml(collector))) {
            ForeignGateway gateway = hub.subscribe("g", "").readingAll();

            String path = "/api/v1/users/" + USER + "/sessions";
            assertThat(
                    hub.api().call("DELETE", path, "", "traceparent", RECORDED).status(), is(200));

            Received request = collector.await("DELETE /api/v1/users/{user_id}/sessions");
            Received publish = collector.await("publish session_invalidation");
            assertThat(List.of(request.traceId(), request.parentId()), is(List.of(TRACE, PARENT)));
            assertThat(List.of(publish.traceId(), publish.parentId()), is(List.of(TRACE, request.id())));
            assertThat(gateway.next().getTraceparent(), is("00-" + TRACE + "-" + publish.id() + "-01"));
        }
    }

    private static Process tail(HubProcess hub, OtlpCollector collector) throws Exception {
        ProcessBuilder tail = new ProcessBuilder(
                        Image.built().launcher().toString(),
                        "tail",
                        "--target",
                        "127.0.0.1:" + hub.port(),
                        "--id",
                        "tail",
                        "--count",
                        "2")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        tail.environment().put("TRACING_ENDPOINT", collector.address());
        tail.environment().put("TRACING_DELIVERIES", "1");
        return tail.start();
    }

    /** A hub without tracing does not interrupt its callers' traces. */
    @Test
    void aHubWithoutTracingPassesTheContextOn() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            ForeignGateway gateway = hub.subscribe("g", "").readingAll();
            notify(hub, RECORDED);
            assertThat(gateway.next().getTraceparent(), is(RECORDED));
        }
    }

    /** An unreachable collector delays no call. */
    @Test
    void theHubServesWithoutItsCollector() throws Exception {
        OtlpCollector gone = new OtlpCollector();
        gone.close();
        try (HubProcess hub = HubProcess.start(yaml(gone))) {
            ForeignGateway gateway = hub.subscribe("g", "").readingAll();
            for (int i = 0; i < 100; i++) {
                notify(hub, RECORDED);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(gateway.next().getTraceparent().substring(0, 35), is(RECORDED.substring(0, 35)));
            }
            assertThat(hub.terminate(), is(143));
        }
    }
}

package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.google.protobuf.ByteString;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import testing.ForeignGateway;

/** The hub's metrics under the contract's names, its health over HTTP and gRPC, and its schema. */
class MetricsAndHealthTest {

    @Test
    void metricsAndHealthShowEventsAndSubscribers() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            String user = UUID.randomUUID().toString();
            HubApi api = hub.api();
            ForeignGateway gateway = hub.subscribe("g", "").readingAll();
            api.notify(user, "mail", "{}");
            api.notify(user, "mail", "{}");
            api.call("DELETE", "/api/v1/users/" + user + "/sessions?reason=test", "");
            for (int i = 0; i < 3; i++) {
                gateway.next();
            }
            assertThat(api.metric("grpc_push_subscribers"), is(1.0));
            assertThat(api.metric("grpc_push_events_total{kind=\"client_event\"}"), is(2.0));
            assertThat(api.metric("grpc_push_events_total{kind=\"session_invalidation\"}"), is(1.0));
            assertThat(api.metric("grpc_push_append_seconds_count"), is(3.0));
            assertThat(api.metric("grpc_push_ring_events"), is(3.0));
            assertThat(api.call("GET", "/observe/health/ready", "").status(), is(200));
            assertThat(api.call("GET", "/observe/health/live", "").status(), is(200));
            assertThat(
                    api.call("GET", "/api/v1/push/subscribers", "")
                            .json()
                            .path(0)
                            .path("id")
                            .asString(),
                    is("g"));
        }
    }

    @Test
    void requestsAreCountedByRouteTemplate() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            HubApi api = hub.api();
            api.notify(UUID.randomUUID().toString(), "mail", "{}");
            String unknown = "/api/v1/sessions/" + UUID.randomUUID();
            assertThat(api.call("GET", unknown, "").status(), is(404));
            assertThat(api.call("DELETE", unknown, "").status(), is(404));
            assertThat(api.call("PUT", unknown, "").status(), is(405));
            assertThat(api.call("GET", "/none/" + UUID.randomUUID(), "").status(), is(404));
            assertThat(
                    api.call("GET", "/api/v1/push/status", "", "Origin", "http://evil.example")
                            .status(),
                    is(403));
            String session = "/api/v1/sessions/{device_session_id}";
            assertThat(api.metric(requests("POST", "/api/v1/notifications", 202)), is(1.0));
            assertThat(api.metric(requests("GET", session, 404)), is(1.0));
            assertThat(api.metric(requests("DELETE", session, 404)), is(1.0));
            assertThat(api.metric(requests("PUT", session, 405)), is(1.0));
            assertThat(api.metric(requests("GET", "other", 404)), is(1.0));
            assertThat("refused before there is a route", api.metric(requests("GET", "other", 403)), is(1.0));
            assertThat(
                    api.metric("http_request_seconds_count{method=\"POST\",route=\"/api/v1/notifications\"}"), is(1.0));
        }
    }

    private static String requests(String method, String route, int status) {
        return "http_requests_total{method=\"" + method + "\",route=\"" + route + "\",status=\"" + status + "\"}";
    }

    @Test
    void aGatewayHasASeriesForItsLagWhileItIsSubscribed() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            HubApi api = hub.api();
            String series = "gateway_client_id=\"g\"";
            ForeignGateway gateway = hub.subscribe("g", "").readingAll();
            hub.awaitSubscribers(1);
            assertThat(metrics(api), containsString("grpc_push_subscriber_lag{" + series));
            gateway.cancel();
            hub.awaitSubscribers(0);
            assertThat(metrics(api), not(containsString(series)));
        }
    }

    private static String metrics(HubApi api) throws Exception {
        return api.call("GET", "/observe/metrics", "").body();
    }

    @Test
    void foreignToolsFindTheServiceAndItsHealth() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            var health = HealthGrpc.newBlockingStub(hub.channel())
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.newBuilder()
                            .setService("push.v1.Push")
                            .build());
            assertThat(health.getStatus(), is(ServingStatus.SERVING));

            List<ByteString> files =
                    reflect(hub, "push.v1.Push").getFileDescriptorResponse().getFileDescriptorProtoList();
            assertThat(files.stream().anyMatch(file -> file.toStringUtf8().contains("SubscribePush")), is(true));
        }
    }

    private static ServerReflectionResponse reflect(HubProcess hub, String symbol) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> call = ServerReflectionGrpc.newStub(hub.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        call.onNext(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(symbol)
                .build());
        ServerReflectionResponse response = answer.get(20, TimeUnit.SECONDS);
        call.onCompleted();
        return response;
    }
}

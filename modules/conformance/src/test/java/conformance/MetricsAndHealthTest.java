package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

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

/** What the hub tells of itself: metrics by the contract's names, health over HTTP and gRPC, its own schema. */
class MetricsAndHealthTest {

    @Test
    void eventsSubscribersAndHealthAreShown() throws Exception {
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

package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import testing.Await;
import testing.CuttingProxy;
import testing.ForeignGateway;

/** Promises 6 and 7: replacement, close, and vanished gateways. */
class LifecycleTest {

    private static final String USER = UUID.randomUUID().toString();
    private static final String NOTIFICATION = "{\"user_id\":\"%s\",\"kind\":\"late\",\"payload\":{}}".formatted(USER);

    @Test
    void aNewSubscriptionEndsTheOlderOneOfTheSameId() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            ForeignGateway older = hub.subscribe("g", "").reading(1);
            ForeignGateway newer = hub.subscribe("g", "").reading(1);
            assertThat(older.status().getCode(), is(Status.Code.ABORTED));
            assertThat(older.status().getDescription(), containsString("replaced"));
            String cursor = hub.api().notify(USER, "mail", "{}");
            assertThat(newer.next().getCursor(), is(cursor));
            assertThat(hub.api().metric("grpc_push_subscribers"), is(1.0));
            hub.awaitLog("push subscription replaced; gateway_client_id=g");
        }
    }

    @Test
    void sigtermEndsEachStreamWithADescriptionAndThenTheProcess() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            ForeignGateway waiting = hub.subscribe("waiting", "").reading(1);
            ForeignGateway stuck = hub.subscribe("stuck", "");
            for (int i = 0; i < 20; i++) {
                hub.api().notify(USER, "flood", "{\"filler\":\"" + "x".repeat(200_000) + "\"}");
            }
            waiting.readingAll();
            int exit = hub.terminate();
            assertThat(waiting.status().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(waiting.status().getDescription(), is("push service stopped"));
            assertThat(stuck.readingAll().status().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat("128 + SIGTERM", exit, is(143));
        }
    }

    @Test
    void aDrainingHubRefusesNewRequestsAndFinishesPendingOnes() throws Exception {
        try (HubProcess hub = HubProcess.start("push: { drain-timeout: PT25S }");
                HalfRequest half = new HalfRequest(hub.port(), "/api/v1/notifications", NOTIFICATION);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ForeignGateway slow = hub.subscribe("slow", "");
            String filler = "{\"filler\":\"" + "x".repeat(200_000) + "\"}";
            List<String> cursors = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                cursors.add(hub.api().notify(USER, "flood", filler));
            }
            Future<Integer> exit = threads.submit(hub::terminate);
            Await.until(
                    "the hub is no longer ready",
                    Duration.ofSeconds(20),
                    () -> hub.api().call("GET", "/observe/health/ready", "").status() == 503);
            assertThat(hub.api().call("GET", "/observe/health/live", "").status(), is(200));
            assertThat(servingStatus(hub), is(ServingStatus.NOT_SERVING));
            assertStopped(hub.api().call("POST", "/api/v1/notifications", NOTIFICATION));
            assertThat(
                    "is in the database, and the next hub publishes it",
                    hub.api()
                            .call("DELETE", "/api/v1/users/" + USER + "/sessions?reason=late", "")
                            .status(),
                    is(200));
            assertThat(half.finish(), allOf(containsString("503"), containsString("Retry-After: 1")));
            ForeignGateway late = new ForeignGateway(hub.channel(), ForeignGateway.request("late", ""));
            assertThat(late.status().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(late.status().getDescription(), is("push service stopped"));
            slow.readingAll();
            for (String cursor : cursors) {
                assertThat(slow.next().getCursor(), is(cursor));
            }
            assertThat(slow.nextOrEnd(), is(Optional.empty()));
            assertThat(slow.status().getDescription(), is("push service stopped"));
            assertThat(exit.get(20, TimeUnit.SECONDS), is(143));
        }
    }

    private static void assertStopped(HubApi.Answer answer) {
        assertThat(answer.body(), answer.status(), is(503));
        assertThat(answer.contentType(), is("application/problem+json"));
        assertThat(answer.json().path("detail").asString(), is("push service stopped"));
    }

    private static ServingStatus servingStatus(HubProcess hub) {
        return HealthGrpc.newBlockingStub(hub.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder()
                        .setService("push.v1.Push")
                        .build())
                .getStatus();
    }

    @Test
    void aVanishedGatewayIsRemoved() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}");
                CuttingProxy proxy = new CuttingProxy(hub.port())) {
            ManagedChannel channel = ForeignGateway.connect(proxy.port());
            new ForeignGateway(channel, ForeignGateway.request("g", "")).subscribed();
            assertThat(hub.api().metric("grpc_push_subscribers"), is(1.0));
            proxy.cut();
            Await.until(
                    "no subscriber is left",
                    Duration.ofSeconds(10),
                    () -> hub.api().metric("grpc_push_subscribers") == 0);
            channel.shutdownNow();
        }
    }

    @Test
    void theLimitOfSubscriptionsHolds() throws Exception {
        try (HubProcess hub = HubProcess.start("push: { subscriber: { max: 1 } }")) {
            hub.subscribe("first", "");
            Status refused = new ForeignGateway(hub.channel(), ForeignGateway.request("second", "")).status();
            assertThat(refused.getCode(), is(Status.Code.RESOURCE_EXHAUSTED));
        }
    }
}

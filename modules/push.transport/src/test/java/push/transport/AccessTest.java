package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import access.Access;
import access.Caller;
import access.Decision;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.engine.End;
import push.transport.gate.RawFrame;
import testing.ForeignGateway;

/** The policy decides once about each gRPC call, before its message is read. A refused call ends at once. */
@Timeout(60)
class AccessTest {

    private static final String SUBSCRIBE = "/push.v1.Push/SubscribePush";
    private static final String CHECK = "/grpc.health.v1.Health/Check";
    private static final String NO_TOKEN = "a token is required: \u2018push\u2019";
    private static final Decision UNAUTHENTICATED = new Decision.Unauthenticated(NO_TOKEN);
    private static final Decision DENIED = new Decision.Denied("your token does not allow this");

    private final Queue<String> decisions = new ConcurrentLinkedQueue<>();
    private volatile Access policy = Access.everybody();
    private final TestHub server = new TestHub(this::decide);

    private Decision decide(Caller caller) {
        decisions.add(caller.method() + " " + caller.path());
        return policy.decide(caller);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Sends the headers of a call and no message, and checks that the response is trailers only. */
    private RawAnswer refused(String status, String path) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            String[] call = RawGateway.headersOf("POST", "te", "trailers", "content-type", "application/grpc");
            call[List.of(call).indexOf(SUBSCRIBE)] = path;
            RawAnswer answer = gateway.headers(1, 0, call).wholeAnswer(1);
            assertThat(answer.headers(), hasSize(1));
            assertThat(answer.last(":status"), is("200"));
            assertThat(answer.last("content-type"), is("application/grpc"));
            assertThat(answer.last("grpc-message"), answer.last("grpc-status"), is(status));
            server.awaitNothingLeft();
            return answer;
        }
    }

    @Test
    void anAllowedCallHasOneDecision() throws Exception {
        try (RawGateway _ = new RawGateway(server.port()).subscribed("g")) {
            assertThat(server.hub.status().subscribers(), is(1));
            assertThat(decisions, contains("POST " + SUBSCRIBE));
        }
    }

    @Test
    void anUnauthenticatedSubscriptionIsRefusedBeforeItsMessage() throws Exception {
        policy = _ -> UNAUTHENTICATED;
        RawAnswer answer = refused("16", SUBSCRIBE);
        assertThat(answer.last("grpc-message"), is("a token is required: %E2%80%98push%E2%80%99"));
        assertThat(decisions, contains("POST " + SUBSCRIBE));
        server.awaitEnds("UNAUTHENTICATED");
    }

    @Test
    void aDeniedSubscriptionIsRefusedBeforeItsMessage() throws Exception {
        policy = _ -> DENIED;
        assertThat(refused("7", SUBSCRIBE).last("grpc-message"), is("your token does not allow this"));
        server.awaitEnds("PERMISSION_DENIED");
    }

    @Test
    void aRefusalEndsNoOtherStreamOfTheConnection() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port()).subscribed("g")) {
            policy = _ -> DENIED;
            gateway.call(3).data(3, 0, new byte[1000]); // the first part of a message
            assertThat(gateway.wholeAnswer(3).last("grpc-status"), is("7"));
            gateway.data(3, RawFrame.END_STREAM, new byte[1000]);
            policy = Access.everybody();
            gateway.subscribe(5, RawGateway.request("h")).answerBegun(5);
            assertThat(server.hub.status().subscribers(), is(2));
        }
    }

    @Test
    void thePolicyAlsoDecidesAboutEveryOtherMethod() throws Exception {
        policy = _ -> UNAUTHENTICATED;
        for (String path : List.of(
                CHECK,
                "/grpc.health.v1.Health/Watch",
                "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                "/push.v1.Push/NoSuchMethod",
                "/none")) {
            decisions.clear();
            refused("16", path);
            assertThat(decisions, contains("POST " + path));
        }
        assertThat("only push streams are counted", server.ends.statuses(), is(empty()));
    }

    @Test
    void thePolicyMayDecideByTheMethod() throws Exception {
        policy = caller -> caller.path().startsWith("/grpc.health.") ? Decision.Allowed.ANONYMOUS : UNAUTHENTICATED;
        var health = HealthGrpc.newBlockingStub(server.channel()).check(HealthCheckRequest.getDefaultInstance());
        assertThat(health.getStatus(), is(ServingStatus.SERVING));
        Status status = new ForeignGateway(server.channel(), ForeignGateway.request("g", "")).status();
        assertThat(status.getCode(), is(Status.Code.UNAUTHENTICATED));
        assertThat(status.getDescription(), is(NO_TOKEN));
        assertThat(reflection().getCode(), is(Status.Code.UNAUTHENTICATED));
    }

    private Status reflection() throws Exception {
        CompletableFuture<Status> ended = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> call = ServerReflectionGrpc.newStub(server.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {}

                    @Override
                    public void onError(Throwable e) {
                        ended.complete(Status.fromThrowable(e));
                    }

                    @Override
                    public void onCompleted() {
                        ended.complete(Status.OK);
                    }
                });
        call.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        call.onCompleted();
        return ended.get(20, TimeUnit.SECONDS);
    }

    @Test
    void thePolicySeesTheHeadOfTheRequest() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        policy = caller -> {
            seen.add(caller.peer());
            seen.add(caller.header("Authorization").toString());
            seen.add(caller.header("cookie").toString());
            return DENIED;
        };
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1, "authorization", "Bearer a", "authorization", "Bearer b")
                    .wholeAnswer(1);
        }
        assertThat(seen, contains(matchesPattern("127\\.0\\.0\\.1:\\d+"), is("[Bearer a, Bearer b]"), is("[]")));
    }

    @Test
    void aPolicyThatThrowsAllowsNoCall() throws Exception {
        policy = _ -> {
            throw new IllegalStateException("jdbc:secret");
        };
        failsClosed();
    }

    @Test
    void aPolicyThatFailsWithAnErrorAllowsNoCall() throws Exception {
        policy = _ -> {
            throw new StackOverflowError("jdbc:secret");
        };
        failsClosed();
    }

    @Test
    @SuppressWarnings("NullAway") // a policy must not do this
    void aPolicyWithoutADecisionAllowsNoCall() throws Exception {
        policy = _ -> null;
        failsClosed();
    }

    private void failsClosed() throws Exception {
        assertThat(refused("13", SUBSCRIBE).last("grpc-message"), is("the hub failed; its log says why"));
        server.awaitEnds("INTERNAL");
        refused("13", CHECK);
        refused("13", "/none");
        policy = Access.everybody();
        try (RawGateway _ = new RawGateway(server.port()).subscribed("g")) {
            assertThat(server.hub.status().subscribers(), is(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallThatIsResetDuringTheDecisionLeavesNothingBehind(boolean allowed) throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch reset = new CountDownLatch(1);
        policy = _ -> {
            deciding.countDown();
            await(reset);
            return allowed ? Decision.Allowed.ANONYMOUS : DENIED;
        };
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribe(1, RawGateway.request("g"));
            await(deciding);
            gateway.cancel(1).ping().readUntil(RawFrame.PING); // the hub has read the reset
            reset.countDown();
            server.awaitEnds(allowed ? "CANCELLED" : "PERMISSION_DENIED");
            server.awaitNothingLeft();
            policy = Access.everybody();
            gateway.subscribe(3, RawGateway.request("g")).answerBegun(3);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS), is(true));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aClientStubGetsTheStatus() {
        policy = _ -> DENIED;
        var health = HealthGrpc.newBlockingStub(server.channel());
        var refused =
                assertThrows(StatusRuntimeException.class, () -> health.check(HealthCheckRequest.getDefaultInstance()));
        assertThat(refused.getStatus().getCode(), is(Status.Code.PERMISSION_DENIED));
        assertThat(refused.getStatus().getDescription(), is("your token does not allow this"));
    }

    private void endsLive(End cause, String status, String message) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port()).subscribed("g")) {
            assertThat(server.hub.end(server.lastOpened(), cause), is(true));
            RawAnswer answer = gateway.wholeAnswer(1);
            assertThat(answer.last("grpc-status"), is(status));
            assertThat(answer.last("grpc-message"), is(message));
            server.awaitNothingLeft();
        }
    }

    @Test
    void aLiveStreamEndsWithItsCredentials() throws Exception {
        endsLive(End.UNAUTHENTICATED, "16", "the credentials of the call are no longer valid");
        endsLive(End.DENIED, "7", "the credentials of the call no longer allow the subscription");
        server.awaitEnds("UNAUTHENTICATED", "PERMISSION_DENIED");
    }

    /** The timeout counts from the opening of the stream, so a slow decision does not extend it. */
    @Test
    void aCallWhoseDeadlinePassesDuringTheDecisionReplacesNoStream() throws Exception {
        try (RawGateway _ = new RawGateway(server.port()).subscribed("g");
                RawGateway late = new RawGateway(server.port())) {
            policy = _ -> {
                long start = System.nanoTime();
                while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(1)) {
                    Thread.onSpinWait();
                }
                return Decision.Allowed.ANONYMOUS;
            };
            late.call(1, "grpc-timeout", "1u")
                    .data(1, RawFrame.END_STREAM, RawGateway.message(RawGateway.request("g")));
            assertThat(late.wholeAnswer(1).last("grpc-status"), is("4"));
            assertThat(server.hub.status().subscribers(), is(1));
            assertThat(server.lastOpened().end().isEmpty(), is(true));
        }
    }

    @Test
    void aPolicyCannotChangeTheHeadersOfACall() throws Exception {
        policy = caller -> {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> caller.header("te").add("gzip"));
            return Decision.Allowed.ANONYMOUS;
        };
        try (RawGateway _ = new RawGateway(server.port()).subscribed("g")) {
            assertThat(server.hub.status().subscribers(), is(1));
        }
    }
}

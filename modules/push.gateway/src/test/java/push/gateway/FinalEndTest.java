package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static push.gateway.Events.event;

import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.FreePort;

/** After which ends the client does not reconnect. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class FinalEndTest {

    private final Recorder recorder = new Recorder();

    @ParameterizedTest
    @CsvSource({"ABORTED", "INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED", "OUT_OF_RANGE"})
    void doesNotReconnectAfterAFinalStatus(Status.Code code) throws Exception {
        Status status = code.toStatus().withDescription("no, ‘merci’: 100% final");
        TestHub.Script script = (request, stream) -> {
            stream.onNext(event(1));
            stream.onError(status.asException());
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
            Status refusal = Ends.refusal(client);
            assertThat(refusal.getCode(), is(code));
            assertThat(refusal.getDescription(), is(status.getDescription()));
            recorder.expect(1, 1);
            assertThat(hub.requests.size(), is(1));
            assertThat(recorder.delays.size(), is(0));
        }
    }

    @Test
    void readsAStatusThatIsFollowedByTheEndOfTheConnection() throws Exception {
        try (RawHub hub = new RawHub((connection, call) -> {
                    call.accept();
                    call.data(RawHub.messages(event(1)));
                    call.trailers("10");
                });
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
            assertThat(Ends.refusal(client).getCode(), is(Status.Code.ABORTED));
        }
    }

    @Test
    void reconnectsAfterUnauthenticatedOnlyIfTheTokenHasChanged(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        TestHub.Script script = (request, stream) -> {
            if (Files.readString(file).startsWith("first")) {
                Files.writeString(file, "second"); // the token is renewed during the call
            }
            stream.onError(Status.UNAUTHENTICATED.asException());
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = recorder.start(
                        GatewayOptions.of(hub.target(), "edge-1").withToken(new TokenFile(file)),
                        TestTiming.WITHOUT_DELAY)) {
            assertThat(Ends.refusal(client).getCode(), is(Status.Code.UNAUTHENTICATED));
            assertThat(hub.tokens, contains("Bearer first", "Bearer second"));
        }
    }

    @Test
    void failFastEndsTheClientIfNoHubListens() throws Exception {
        Target unused = new Target("127.0.0.1", FreePort.any());
        try (GatewayClient client =
                recorder.start(GatewayOptions.of(unused, "edge-1").withFailFast(true), TestTiming.WITHOUT_DELAY)) {
            End end = client.awaitEnd();
            assertThat(end, instanceOf(End.NotConnected.class));
            Status status = ((End.NotConnected) end).status();
            assertThat(status.getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(status.getDescription(), containsString(unused.toString()));
            assertThat(recorder.delays.size(), is(0));
        }
    }

    @Test
    void failFastEndsTheClientIfTheFirstCallIsRejected() throws Exception {
        Status stopped = Status.UNAVAILABLE.withDescription("push service stopped");
        try (TestHub hub = TestHub.start((request, stream) -> stream.onError(stopped.asException()));
                GatewayClient client = recorder.start(
                        GatewayOptions.of(hub.target(), "edge-1").withFailFast(true), TestTiming.WITHOUT_DELAY)) {
            End end = client.awaitEnd();
            assertThat(end, instanceOf(End.NotConnected.class));
            assertThat(((End.NotConnected) end).status().getDescription(), is("push service stopped"));
        }
    }

    @Test
    void failFastKeepsTryingAfterTheFirstConnection() throws Exception {
        TestHub hub = TestHub.start(TestHub.events(1, 20));
        GatewayOptions options = GatewayOptions.of(hub.target(), "edge-1").withFailFast(true);
        try (GatewayClient client = recorder.start(options, TestTiming.WITHOUT_DELAY)) {
            recorder.expect(1, 1);
            hub.close();
            for (int i = 0; i < 5; i++) {
                recorder.statuses.take();
            }
            assertThat(client.end().isDone(), is(false));
        } finally {
            hub.close();
        }
    }
}

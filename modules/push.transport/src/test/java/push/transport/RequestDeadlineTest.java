package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.transport.gate.ManualRuntime;
import testing.Await;

/** The time in which the message of a call must arrive. */
class RequestDeadlineTest {

    private final ManualRuntime runtime = new ManualRuntime();
    private final TestHub server = new TestHub(StreamLimits.defaults(), runtime);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void callWhoseMessageDoesNotArriveWithinTenSecondsEnds() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1).data(1, 0, (byte) 0);
            Await.until("the call has arrived", Duration.ofSeconds(10), () -> server.calls() == 1);
            runtime.advance(Duration.ofSeconds(10));
            assertThat("not too early", server.calls(), is(1));
            runtime.advance(Duration.ofMillis(250));
            RawAnswer answer = gateway.wholeAnswer(1);
            assertThat(answer.last("grpc-status"), is("4"));
            assertThat(answer.last("grpc-message"), containsString("within 10 s"));
            server.awaitEnds("DEADLINE_EXCEEDED");
        }
    }
}

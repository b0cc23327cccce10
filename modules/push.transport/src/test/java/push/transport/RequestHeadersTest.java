package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static push.transport.RawGateway.headersOf;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.engine.HubConfig;
import push.transport.gate.RawFrame;
import testing.Await;

/** The headers of a request, according to gRPC's mapping to HTTP/2. */
class RequestHeadersTest {

    private static final String DEADLINE_EXCEEDED = "4";
    private static final String INVALID_ARGUMENT = "3";

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc+proto", "application/grpc;charset=utf-8"})
    void grpcIsServedEvenWithoutTe(String contentType) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.headers(1, 0, headersOf("POST", "content-type", contentType));
            gateway.data(1, RawFrame.END_STREAM, RawGateway.message(RawGateway.request("g")));
            assertThat(gateway.answerBegun(1).last(":status"), is("200"));
            assertThat(gateway.answer(1).last("content-type"), is("application/grpc"));
            assertThat(server.hub.status().subscribers(), is(1));
        }
        server.awaitNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/grpc-web", "application/json", ""})
    void otherContentTypesGetNoGrpcResponse(String contentType) throws Exception {
        String[] more = contentType.isEmpty() ? new String[0] : new String[] {"content-type", contentType};
        assertThat(refused(headersOf("POST", more)).last(":status"), is("415"));
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        RawAnswer answer = refused(headersOf("GET", "content-type", "application/grpc"));
        assertThat(answer.last(":status"), is("405"));
        assertThat(answer.last("allow"), is("POST"));
    }

    private RawAnswer refused(String... headers) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.headers(1, 0, headers);
            RawAnswer answer = gateway.wholeAnswer(1);
            assertThat(answer.headers(), hasSize(1));
            gateway.data(1, RawFrame.END_STREAM, new byte[9]).subscribe(3, RawGateway.request("g"));
            gateway.answerBegun(3); // the connection still works
            return answer;
        } finally {
            server.awaitNothingLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "S", "-1S", "1.5S", "123456789S", "1 S", "1s", "S1"})
    void anInvalidTimeoutIsRefused(String timeout) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1, "grpc-timeout", timeout);
            RawAnswer answer = gateway.wholeAnswer(1);
            assertThat(answer.last("grpc-status"), is(INVALID_ARGUMENT));
            assertThat(answer.last("grpc-message"), containsString("grpc-timeout"));
        }
        server.awaitNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999H", "99999999M", "1M", "9S", "99999m", "99999999u"})
    void aTimeoutThatHasNotPassedHasNoEffect(String timeout) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1, "grpc-timeout", timeout);
            gateway.data(1, RawFrame.END_STREAM, RawGateway.message(RawGateway.request("g")));
            assertThat(gateway.answerBegun(1).last("grpc-status"), is(""));
            assertThat(server.timers(), is(1));
        }
        server.awaitNothingLeft();
        Await.until("the timer is cancelled", Duration.ofSeconds(5), () -> server.timers() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"300m", "99999n", "0S"})
    void aPassedTimeoutEndsTheStream(String timeout) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1, "grpc-timeout", timeout);
            gateway.data(1, RawFrame.END_STREAM, RawGateway.message(RawGateway.request("g")));
            assertThat(gateway.wholeAnswer(1).last("grpc-status"), is(DEADLINE_EXCEEDED));
            server.awaitNothingLeft();
            server.awaitEnds("DEADLINE_EXCEEDED");
        }
    }

    @Test
    void aTimeoutBeforeTheRequestMessageEndsTheStreamToo() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1, "grpc-timeout", "20m").data(1, 0, (byte) 0);
            RawAnswer answer = gateway.wholeAnswer(1);
            assertThat(answer.headers(), hasSize(1));
            assertThat(answer.last("grpc-status"), is(DEADLINE_EXCEEDED));
            server.awaitNothingLeft();
            gateway.data(1, RawFrame.END_STREAM, new byte[9]).subscribe(3, RawGateway.request("g"));
            gateway.answerBegun(3);
            server.awaitEnds("DEADLINE_EXCEEDED");
        }
    }

    @Test
    void theTimeoutOfAnEndedRequestIsCancelled() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port());
                RawGateway other = new RawGateway(server.port())) {
            gateway.call(1, "grpc-timeout", "99999999H").data(1, 0, (byte) 0);
            other.call(1, "grpc-timeout", "99999999H").data(1, 0, (byte) 0);
            Await.until("both requests have arrived", Duration.ofSeconds(5), () -> server.timers() == 2);
            gateway.cancel(1);
            other.tear();
            server.awaitNothingLeft();
            Await.until("the timers are cancelled", Duration.ofSeconds(5), () -> server.timers() == 0);
            server.awaitEnds("CANCELLED", "CANCELLED");
            assertThat(server.hub.status().subscribers(), is(0));
        }
    }
}

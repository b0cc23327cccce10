package conformance.hostile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import conformance.HubProcess;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each exchange of the tables has the expected result, and the gateway on the same connection loses nothing. With
 * {@code -Dhostile.port=N} the test uses a running hub. Several exchanges run at once, because after an error the hub
 * gives the peer a second to read the response.
 */
class ExchangesTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int GATEWAY = 1;

    private static @Nullable HubProcess hub;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = Integer.getInteger("hostile.port", 0);
        if (port == 0) {
            HubProcess started = HubProcess.start("push: {}");
            hub = started;
            port = started.port();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        HubProcess started = hub;
        if (started != null) {
            started.close();
            assertThat(started.err(), not(containsString("\tat ")));
        }
    }

    static Stream<Exchange> unusualRequests() {
        return UnusualRequests.all();
    }

    static Stream<Exchange> malformedRequests() {
        return MalformedRequests.all();
    }

    static Stream<Exchange> malformedFrames() {
        return MalformedFrames.all();
    }

    static Stream<Http1Table.Row> http1() {
        return Http1Table.all();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource({"unusualRequests", "malformedRequests", "malformedFrames"})
    void overHttp2(Exchange exchange) throws Exception {
        String id = "innocent-" + NUMBERS.incrementAndGet();
        try (Http2Peer peer = Http2Peer.connect(port).subscribed(GATEWAY, id)) {
            try {
                exchange.script().play(peer);
            } catch (IOException e) {
                // The hub closed the connection meanwhile, which observe reports.
            }
            Observed seen = peer.observe(exchange.expected().answered() ? Exchange.STREAM : 0);
            assertThat(
                    exchange + ", but was " + seen, exchange.expected().fits().test(seen), is(true));
            if (exchange.expected().lives()) {
                Http1Peer.publish(port, "innocent", id);
                peer.awaitData(GATEWAY, id);
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("http1")
    void overHttp1(Http1Table.Row row) throws Exception {
        Http1Peer.Answers answers = Http1Peer.exchange(port, row.request());
        assertThat(
                row.allowed() + " expected, but was " + answers, row.allowed().contains(answers.statuses()), is(true));
    }
}

package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import testing.Await;
import tools.jackson.databind.JsonNode;

/**
 * Gateways on {@code @grpc/grpc-js} that take a millisecond for each message, during three restarts in the middle of a
 * burst. When a status other than {@code OK} arrives, that library drops the messages that it has read and not handed
 * over.
 */
class NodeGatewaysTest {

    private static final int GATEWAYS = 4;
    private static final int RESTARTS = 3;
    private static final int BURST = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String USER = UUID.randomUUID().toString();

    /** Long enough for a busy machine, because the test is not about the speed of Node's timers. */
    private static final String YAML = "push: { drain-timeout: PT25S, drain-grace: PT20S }";

    @Test
    void slowHandlersReceiveEveryEventAndGoAway() throws Exception {
        Foreign.install();
        HubProcess hub = HubProcess.start(YAML);
        try (Foreign gateways = Foreign.slowGrpcJs(hub.port(), GATEWAYS)) {
            for (int round = 0; round < RESTARTS; round++) {
                await(gateways, "subscribed", GATEWAYS * (round + 1));
                publish(hub, round * BURST, BURST, "load");
                hub.close();
                hub = HubProcess.start(Image.built(), YAML, hub.port());
            }
            await(gateways, "subscribed", GATEWAYS * (RESTARTS + 1));
            publish(hub, RESTARTS * BURST, 1, "last");
            check(await(gateways, "done", GATEWAYS));
        } finally {
            hub.close();
        }
    }

    private static void check(List<JsonNode> gateways) {
        List<Integer> all = IntStream.rangeClosed(0, RESTARTS * BURST).boxed().toList();
        for (JsonNode gateway : gateways) {
            assertThat(gateway.path("id").asString(), ints(gateway.path("handled")), is(all));
            assertThat(texts(gateway.path("goAways")).size(), is(RESTARTS));
            assertThat(texts(gateway.path("goAways")), everyItem(is("SHUTDOWN")));
            assertThat(
                    "streams that their gateway did not end",
                    gateway.path("ends").size(),
                    is(0));
            assertThat(gateway.path("missed").asInt(), is(0));
        }
    }

    private static List<Integer> ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    /** Waits until the gateways have printed this event {@code count} times, and returns the lines. */
    private static List<JsonNode> await(Foreign gateways, String event, int count) throws Exception {
        Await.until(
                count + " times " + event, TIMEOUT, () -> of(gateways, event).size() >= count);
        return of(gateways, event);
    }

    private static List<JsonNode> of(Foreign gateways, String event) throws IOException {
        return gateways.lines().stream()
                .filter(line -> line.path("event").asString().equals(event))
                .toList();
    }

    private static void publish(HubProcess hub, int first, int count, String kind) throws Exception {
        String batch = IntStream.range(first, first + count)
                .mapToObj(n -> "{\"user_id\":\"%s\",\"kind\":\"%s\",\"event_id\":\"%d\",\"payload\":{}}"
                        .formatted(USER, kind, n))
                .collect(Collectors.joining(",", "{\"notifications\":[", "]}"));
        HubApi.Answer answer = hub.api().call("POST", "/api/v1/notifications:batch", batch);
        assertThat(answer.toString(), answer.status(), is(200));
        for (JsonNode result : answer.json().path("results")) {
            assertThat(result.path("status").asInt(), is(202));
        }
    }
}

package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Start;

class GatewayOptionsTest {

    private static final Target HUB = new Target("localhost", 8080);
    private static final Target OTHER = new Target("localhost", 8081);
    private static final TokenFile TOKEN = new TokenFile(Path.of("token"));
    private static final GatewayOptions OPTIONS = GatewayOptions.of(HUB, "edge-1");

    @Test
    void measuresTheIdInBytes() {
        assertThat(GatewayOptions.of(HUB, "ü".repeat(128)).targets(), is(List.of(HUB)));
        assertThrows(IllegalArgumentException.class, () -> GatewayOptions.of(HUB, "ü".repeat(128) + "u"));
        assertThrows(IllegalArgumentException.class, () -> GatewayOptions.of(HUB, " "));
    }

    @Test
    void rejectsNoTargetAndDuplicateTargets() {
        var none = assertThrows(IllegalArgumentException.class, () -> OPTIONS.withTargets(List.of()));
        assertThat(none.getMessage(), is("targets must have at least one target, but was empty"));
        var twice = assertThrows(IllegalArgumentException.class, () -> OPTIONS.withTargets(List.of(HUB, OTHER, HUB)));
        assertThat(
                twice.getMessage(),
                is("targets must not have duplicates, but was [localhost:8080, localhost:8081, localhost:8080]"));
    }

    @Test
    void rejectsACursorWithStartEarliest() {
        var request = GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId("edge-1")
                .setStart(Start.START_EARLIEST)
                .setCursor("e-1")
                .build();
        var refused = assertThrows(IllegalArgumentException.class, () -> GatewayOptions.of(HUB, request));
        assertThat(refused.getMessage(), containsString("START_EARLIEST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.0009S", "PT20.001S", "PT-1S"})
    void rejectsAConnectTimeoutOutOfRange(Duration timeout) {
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withConnectTimeout(timeout));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.0009S", "PT24H0.001S", "PT-1S"})
    void rejectsAKeepAliveOutOfRange(Duration silence) {
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withKeepAlive(silence));
    }

    @Test
    void withMethodsChangeOnlyTheirComponent() {
        Backoff slow = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2));
        GatewayOptions changed = OPTIONS.withTargets(List.of(HUB, OTHER))
                .withFailFast(true)
                .withConnectTimeout(Duration.ofSeconds(3))
                .withKeepAlive(Duration.ZERO)
                .withTls(ClientTls.DEFAULT)
                .withToken(TOKEN)
                .withBackoff(slow);
        assertThat(
                changed,
                is(new GatewayOptions(
                        List.of(HUB, OTHER),
                        OPTIONS.subscription(),
                        true,
                        Duration.ofSeconds(3),
                        Duration.ZERO,
                        Optional.of(ClientTls.DEFAULT),
                        Optional.of(TOKEN),
                        slow)));
    }
}

package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolSettingsTest {

    private static Config server(Map<String, String> values) {
        return Config.just(ConfigSources.create(values)).get("server");
    }

    @Test
    void helidonsKeysForHttp1AreRead() {
        Http1Config http1 = new ProtocolSettings(server(Map.of(
                        "server.protocols.http_1_1.max-headers-size", "2048",
                        "server.protocols.http_1_1.send-keep-alive-header", "false")))
                .http1();
        assertThat(http1.maxHeadersSize(), is(2048));
        assertThat(http1.sendKeepAliveHeader(), is(false));
        assertThat(http1.maxPrologueLength(), is(Integer.MAX_VALUE));
    }

    @Test
    void helidonsKeysForHttp2AreRead() {
        Http2Config http2 = new ProtocolSettings(server(Map.of(
                        "server.protocols.http_2.max-concurrent-streams", "100",
                        "server.protocols.http_2.flow-control-timeout", "PT3S")))
                .http2();
        assertThat(http2.maxConcurrentStreams(), is(100L));
        assertThat(http2.maxHeaderListSize(), is((long) Integer.MAX_VALUE));
        assertThat(http2.flowControlTimeout(), is(Duration.ofSeconds(3)));
    }

    @Test
    void sectionMayBeAbsent() {
        assertThat(new ProtocolSettings(server(Map.of())).http1().maxHeadersSize(), is(Integer.MAX_VALUE));
    }

    @Test
    void helidonItselfIgnoresTheSection() {
        WebServerConfig config = WebServer.builder()
                .config(server(Map.of(
                        "server.protocols.http_1_1.max-headers-size", "2048",
                        "server.protocols.http_2.max-frame-size", "20000")))
                .protocolsDiscoverServices(false)
                .addProtocols(ProtocolSettings.reserved())
                .buildPrototype();
        assertThat(config.protocols(), is(ProtocolSettings.reserved()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "websocket.max-frame-length|1|server.protocols.websocket is not supported",
                "http_1_1.validate-path|false|http_1_1.validate-path must be true",
                "http_1_1.validate-prologue|false|http_1_1.validate-prologue must be true",
                "http_1_1.validate-request-headers|false|http_1_1.validate-request-headers must be true",
                "http_1_1.max-headers-size|0|http_1_1.max-headers-size must be a whole number",
                "http_1_1.max-prologue-length|many|http_1_1.max-prologue-length must be a whole number",
                "http_2.max-frame-size|20000|http_2.max-frame-size cannot be set",
                "http_2.max-rapid-resets|10|http_2.max-rapid-resets cannot be set",
                "http_2.max-concurrent-streams|0|http_2.max-concurrent-streams must be a whole number",
                "http_2.max-header-list-size|100|http_2.max-header-list-size must be a whole number",
                "http_2.flow-control-timeout|soon|http_2.flow-control-timeout must be a positive duration"
            })
    void unsupportedKeysAndInvalidValuesAreRefused(String key, String value, String why) {
        Config server = server(Map.of("server.protocols." + key, value));
        SettingsException refused = assertThrows(SettingsException.class, () -> {
            ProtocolSettings protocols = new ProtocolSettings(server);
            protocols.http1();
            protocols.http2();
        });
        assertThat(refused.getMessage(), containsString(why));
    }
}

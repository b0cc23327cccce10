package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which values and keys stop the start, and with which messages. */
class SettingsMistakesTest {

    private static Settings of(Map<String, String> values) {
        return Settings.of(Config.just(ConfigSources.create(values)));
    }

    private static String refusal(String key, String value) {
        SettingsException e = assertThrows(SettingsException.class, () -> of(Map.of(key, value)));
        return String.valueOf(e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.host|' '|an IP address or a host name",
                "server.port|-1|a whole number from 0 to 65535",
                "server.port|65536|a whole number from 0 to 65535",
                "server.port|http|a whole number from 0 to 65535",
                "push.freshness-window|PT0S|a duration such as PT5M, positive and at most PT876000H",
                "push.freshness-window|-PT5M|a duration such as PT5M, positive and at most PT876000H",
                "push.freshness-window|5m|a duration such as PT5M, positive and at most PT876000H",
                "push.freshness-window|P36501D|a duration such as PT5M, positive and at most PT876000H",
                "push.ring.capacity|0|a whole number from 1 to 1048576",
                "push.ring.capacity|1048577|a whole number from 1 to 1048576",
                "push.ring.capacity|1e3|a whole number from 1 to 1048576",
                "push.ring.max-bytes|0|a number of bytes, or a number with KiB, MiB or GiB, at least 1",
                "push.ring.max-bytes|-1|a number of bytes, or a number with KiB, MiB or GiB, at least 1",
                "push.ring.max-bytes|64 MB|a number of bytes, or a number with KiB, MiB or GiB, at least 1",
                "push.ring.max-bytes|8589934592 GiB|a number of bytes, or a number with KiB, MiB or GiB, at least 1",
                "push.invalidations.retention|PT0S|a duration such as PT5M, positive and at most PT876000H",
                "push.invalidations.retention|day|a duration such as PT5M, positive and at most PT876000H",
                "push.invalidations.max-bytes|0|a number of bytes, or a number with KiB, MiB or GiB, at least 1",
                "push.invalidations.max-bytes|x|a number of bytes, or a number with KiB, MiB or GiB, at least 1",
                "push.invalidations.max-entries|0|a whole number of at least 1",
                "push.invalidations.max-entries|x|a whole number of at least 1",
                "push.subscriber.buffer|-1|a whole number of at least 0",
                "push.subscriber.buffer|2147483648|a whole number of at least 0",
                "push.keepalive|PT1S|a duration such as PT5M, at least PT2S and at most PT876000H",
                "push.subscriber.stall-timeout|PT9.999S|a duration such as PT5M, at least PT10S and at most"
                        + " PT876000H",
                "push.subscriber.stall-timeout|120|a duration such as PT5M, at least PT10S and at most PT876000H",
                "push.subscriber.max|0|a whole number of at least 1",
                "push.subscriber.max|many|a whole number of at least 1",
                "push.heartbeat|PT0S|a duration such as PT5M, positive and at most PT876000H",
                "push.heartbeat|''|a duration such as PT5M, positive and at most PT876000H",
                "push.drain-grace|-PT1S|a duration such as PT5M, at least PT0S and at most PT876000H",
                "push.drain-grace|PT5.001S|at most push.drain-timeout, which is PT5S",
                "push.log.lost-timeout|PT0.999S|a duration such as PT5M, at least PT1S and at most PT876000H",
                "push.log|' '|the kind of a log, such as memory",
                "push.metrics.gateways|0|a whole number from 1 to 100000",
                "push.metrics.gateways|100001|a whole number from 1 to 100000",
                "push.node|' '|1 to 256 printable characters",
                "notification.idempotency.retention|PT0S|a duration such as PT5M, positive and at most PT876000H",
                "notification.idempotency.retention|1|a duration such as PT5M, positive and at most PT876000H",
                "auth.db.pool-size|1|a whole number from 2 to 1000",
                "auth.db.pool-size|1001|a whole number from 2 to 1000",
                "auth.session.ttl|PT0.5S|a duration such as PT5M, at least PT1S and at most PT876000H",
                "auth.session.retention|PT0S|a duration such as PT5M, at least PT1S and at most PT876000H",
                "auth.sessions.max-per-user|0|a whole number of at least 1",
                "auth.db.direct-url|jdbc:postgresql://db/push|absent, because auth.db.url is an H2 database",
                "tracing.endpoint|nonsense|an http or https URL such as http://127.0.0.1:4318",
                "tracing.endpoint|//host:1|an http or https URL such as http://127.0.0.1:4318",
                "auth.session.ttl|30d|a duration such as PT5M, at least PT1S and at most PT876000H",
                "auth.db.url|jdbc:mysql://db|jdbc:h2:… or jdbc:postgresql://…",
                "auth.db.url|''|jdbc:h2:… or jdbc:postgresql://…"
            })
    void invalidValueIsRefusedWithKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThat(refusal(key, value), is(key + " must be " + allowed + ", but was \"" + value + "\""));
    }

    @Test
    void nodeMayHaveAtMost256Characters() {
        assertThat(of(Map.of("push.node", "n".repeat(256))).hub().node(), is("n".repeat(256)));
        assertThat(
                refusal("push.node", "n".repeat(257)),
                startsWith("push.node must be 1 to 256 printable characters, but was "));
    }

    @ParameterizedTest
    @CsvSource({
        "push.freshnes-window, push.freshness-window",
        "push.ring.capactiy, push.ring.capacity",
        "push.ring, push.ring.capacity",
        "push.ring.capacity.max, push.ring.capacity",
        "push.subscribers.max, push.subscriber.max",
        "notification.retention, notification.idempotency.retention",
        "notification.catalogue.kinds.7.shema, notification.catalogue.kinds.7.schema",
        "auth.url, auth.db.url",
        "auth.db.pasword, auth.db.password",
        "push.FRESHNESS-WINDOW, push.freshness-window",
        "requests.max-byte, requests.max-bytes",
        "tracing.sampling-ration, tracing.sampling-ratio",
        "server.prot, server.port",
        "server.max-tcp-conections, server.max-tcp-connections",
        "server.tls.client-auht, server.tls.client-auth",
        "server.tls.privat-key.pem.key.resource.path, server.tls.private-key.pem.key.resource.path",
        "server.sockets.admin.bakclog, server.sockets.admin.backlog",
        "server.protocols.http_1_1.max-header-size, server.protocols.http_1_1.max-headers-size",
        "server.protocols.http_1_1.log.recv-logs, server.protocols.http_1_1.log.recv-log"
    })
    void unknownKeyIsRefusedWithTheNearest(String key, String nearest) {
        Map<String, String> settings = key.contains(".kinds.")
                ? Map.of(key, "1", "notification.catalogue.kinds.7.name", "mail")
                : Map.of(key, "1");
        SettingsException e = assertThrows(SettingsException.class, () -> of(settings));
        assertThat(e.getMessage(), is(key + " is not a key of this configuration; the nearest is " + nearest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "notification", "auth"})
    void valueInsteadOfASectionIsRefused(String key) {
        assertThrows(SettingsException.class, () -> of(Map.of(key, "5")));
    }

    @Test
    void nodeWithALineBreakIsRefused() {
        assertThrows(SettingsException.class, () -> of(Map.of("push.node", "a\nb")));
    }

    @Test
    void missingFileIsReportedAsMissing() {
        SettingsException e = assertThrows(
                SettingsException.class, () -> Settings.load(Optional.of(Path.of("/nope.yaml")), Map.of()));
        assertThat(e.getMessage(), not(containsString("cannot be read: /nope.yaml")));
    }

    @Test
    void invalidYamlIsReportedWithTheFileOnTheFirstLine(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "push: [\n");
        SettingsException e = assertThrows(SettingsException.class, () -> Settings.load(Optional.of(file), Map.of()));
        assertThat(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), containsString(file.toString()));
    }
}

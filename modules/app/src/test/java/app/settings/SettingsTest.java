package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import auth.SessionConfig;
import database.DatabaseConfig;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import notification.CatalogueConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import push.engine.HubConfig;
import push.engine.RetentionConfig;
import push.transport.StreamLimits;

class SettingsTest {

    private static Settings of(Map<String, String> values) {
        return Settings.of(Config.just(ConfigSources.create(values)));
    }

    private static Settings of(String key, String value) {
        return of(Map.of(key, value));
    }

    private static String refusal(String key, String value) {
        SettingsException e = assertThrows(SettingsException.class, () -> of(key, value));
        return String.valueOf(e.getMessage());
    }

    @Test
    void defaultsAreThoseOfTheContract() throws Exception {
        Settings settings = of(Map.of());
        assertThat(settings.host(), is("127.0.0.1"));
        assertThat(settings.port(), is(8080));
        assertThat(
                settings.hub(),
                is(new HubConfig(
                        new RetentionConfig(
                                Duration.ofMinutes(5), 1024, 67_108_864, Duration.ofHours(24), 65_536, 33_554_432),
                        0,
                        262_144,
                        10_000,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(2),
                        InetAddress.getLocalHost().getHostName())));
        assertThat(settings.log(), is("memory"));
        assertThat(settings.streams(), is(new StreamLimits(Duration.ofMinutes(2), Duration.ofMinutes(1))));
        assertThat(settings.drainTimeout(), is(Duration.ofSeconds(5)));
        assertThat(settings.idempotencyRetention(), is(Duration.ofHours(24)));
        assertThat(settings.catalogue(), is(CatalogueConfig.everything()));
        assertThat(settings.database(), is(new DatabaseConfig("jdbc:h2:file:./data/auth", "", "", 10)));
        assertThat(settings.sessions(), is(new SessionConfig(Duration.ofDays(30), Duration.ofDays(30), 1000)));
        assertThat(settings.metricsGateways(), is(1000));
    }

    @Test
    void everyKeyIsRead() {
        Settings settings = of(Map.ofEntries(
                Map.entry("server.host", "0.0.0.0"),
                Map.entry("server.port", "0"),
                Map.entry("push.freshness-window", "PT1M"),
                Map.entry("push.ring.capacity", "16"),
                Map.entry("push.ring.max-bytes", "1 KiB"),
                Map.entry("push.subscriber.buffer", "256"),
                Map.entry("push.subscriber.in-flight", "8 KiB"),
                Map.entry("push.subscriber.max", "7"),
                Map.entry("push.keepalive", "PT2S"),
                Map.entry("push.drain-timeout", "PT9S"),
                Map.entry("push.drain-grace", "PT3S"),
                Map.entry("push.subscriber.stall-timeout", "PT10S"),
                Map.entry("push.log", "jetstream"),
                Map.entry("push.heartbeat", "PT1S"),
                Map.entry("push.invalidations.retention", "PT36H"),
                Map.entry("push.invalidations.max-entries", "8"),
                Map.entry("push.invalidations.max-bytes", "2 KiB"),
                Map.entry("notification.idempotency.retention", "PT2H"),
                Map.entry("auth.db.url", "jdbc:postgresql://db/auth"),
                Map.entry("auth.db.direct-url", "jdbc:postgresql://server/auth"),
                Map.entry("auth.db.user", "push"),
                Map.entry("auth.db.password", "secret"),
                Map.entry("auth.db.pool-size", "20"),
                Map.entry("auth.session.ttl", "P7D"),
                Map.entry("auth.session.retention", "P90D"),
                Map.entry("auth.sessions.max-per-user", "3"),
                Map.entry("push.node", "hub-1"),
                Map.entry("push.metrics.gateways", "9")));
        assertThat(settings.host(), is("0.0.0.0"));
        assertThat(settings.port(), is(0));
        assertThat(
                settings.hub(),
                is(new HubConfig(
                        new RetentionConfig(Duration.ofMinutes(1), 16, 1024, Duration.ofHours(36), 8, 2048),
                        256,
                        8192,
                        7,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        "hub-1")));
        assertThat(settings.streams(), is(new StreamLimits(Duration.ofSeconds(10), Duration.ofSeconds(2))));
        assertThat(settings.log(), is("jetstream"));
        assertThat(settings.drainTimeout(), is(Duration.ofSeconds(9)));
        assertThat(settings.idempotencyRetention(), is(Duration.ofHours(2)));
        assertThat(
                settings.database(),
                is(new DatabaseConfig(
                        "jdbc:postgresql://db/auth", "push", "secret", 20, "jdbc:postgresql://server/auth")));
        assertThat(settings.sessions(), is(new SessionConfig(Duration.ofDays(7), Duration.ofDays(90), 3)));
        assertThat(settings.metricsGateways(), is(9));
    }

    @Test
    void graceOfADrainIsNoLongerThanTheDrain() {
        assertThat(of(Map.of("push.drain-timeout", "PT1S")).hub().drainGrace(), is(Duration.ofSeconds(1)));
        assertThat(
                of(Map.of("push.drain-timeout", "PT1S", "push.drain-grace", "PT1S"))
                        .hub()
                        .drainGrace(),
                is(Duration.ofSeconds(1)));
        assertThat(of(Map.of("push.drain-grace", "PT0S")).hub().drainGrace(), is(Duration.ZERO));
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
                "push.ring.max-bytes|0|a number of bytes, or a number with the unit KiB, MiB or GiB, at least 1",
                "push.ring.max-bytes|-1|a number of bytes, or a number with the unit KiB, MiB or GiB, at least 1",
                "push.ring.max-bytes|64 MB|a number of bytes, or a number with the unit KiB, MiB or GiB, at least 1",
                "push.ring.max-bytes|8589934592 GiB|a number of bytes, or a number with the unit KiB, MiB or GiB, at least 1",
                "push.invalidations.retention|PT0S|a duration such as PT5M, positive and at most PT876000H",
                "push.invalidations.retention|day|a duration such as PT5M, positive and at most PT876000H",
                "push.invalidations.max-bytes|0|a number of bytes, or a number with the unit KiB, MiB or GiB, at least 1",
                "push.invalidations.max-bytes|x|a number of bytes, or a number with the unit KiB, MiB or GiB, at least 1",
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
    void wrongValueIsRefusedWithItsKeyTheValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThat(refusal(key, value), is(key + " must be " + allowed + ", and was \"" + value + "\""));
    }

    @Test
    void nodeMayHave256CharactersAndNoMore() {
        assertThat(of("push.node", "n".repeat(256)).hub().node(), is("n".repeat(256)));
        assertThat(
                refusal("push.node", "n".repeat(257)),
                startsWith("push.node must be 1 to 256 printable characters, and was "));
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

    @Test
    void keysOfOthersAreNotOurs() {
        Settings settings = of(Map.of("server.backlog", "7", "java.version", "25", "serve.me", "1"));
        assertThat(settings.server().get("backlog").asInt().get(), is(7));
    }

    @Test
    void passwordMayBeInAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "s3cret\n");
        assertThat(of("auth.db.password-file", file.toString()).database().password(), is("s3cret"));
        assertThat(
                of(Map.of("auth.db.password-file", file.toString(), "auth.db.password", ""))
                        .database()
                        .password(),
                is("s3cret"));
        SettingsException both = assertThrows(
                SettingsException.class,
                () -> of(Map.of("auth.db.password-file", file.toString(), "auth.db.password", "other")));
        assertThat(
                both.getMessage(),
                is("auth.db.password-file must be absent if auth.db.password is set, and was \"" + file + "\""));
    }

    @Test
    void passwordIsNeverShown() {
        assertThat(
                refusal("auth.db.url", "postgresql://push:secret@db/auth"),
                is("auth.db.url must be jdbc:h2:… or jdbc:postgresql://…, and was \"postgresql://…@db/auth\""));
        Settings settings =
                of(Map.of("auth.db.url", "jdbc:postgresql://db/auth?password=secret", "auth.db.password", "secret"));
        assertThat(settings.database().toString(), not(containsString("secret")));
    }
}

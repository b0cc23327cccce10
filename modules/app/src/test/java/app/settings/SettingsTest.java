package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
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
                        Duration.ofSeconds(5),
                        InetAddress.getLocalHost().getHostName())));
        assertThat(settings.log().kind(), is("memory"));
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
                Map.entry("push.log.lost-timeout", "PT4S"),
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
                        Duration.ofSeconds(4),
                        "hub-1")));
        assertThat(settings.streams(), is(new StreamLimits(Duration.ofSeconds(10), Duration.ofSeconds(2))));
        assertThat(settings.log().kind(), is("jetstream"));
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
    void drainGraceIsAtMostTheDrainTimeout() {
        assertThat(of(Map.of("push.drain-timeout", "PT1S")).hub().drainGrace(), is(Duration.ofSeconds(1)));
        assertThat(
                of(Map.of("push.drain-timeout", "PT1S", "push.drain-grace", "PT1S"))
                        .hub()
                        .drainGrace(),
                is(Duration.ofSeconds(1)));
        assertThat(of(Map.of("push.drain-grace", "PT0S")).hub().drainGrace(), is(Duration.ZERO));
    }

    @Test
    void keysOfOtherProgramsAreIgnored() {
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
                is("auth.db.password-file must be absent if auth.db.password is set, but was \"" + file + "\""));
    }

    @Test
    void passwordIsNotShown() {
        assertThat(
                refusal("auth.db.url", "postgresql://push:secret@db/auth"),
                is("auth.db.url must be jdbc:h2:… or jdbc:postgresql://…, but was \"postgresql://…@db/auth\""));
        Settings settings =
                of(Map.of("auth.db.url", "jdbc:postgresql://db/auth?password=secret", "auth.db.password", "secret"));
        assertThat(settings.database().toString(), not(containsString("secret")));
    }
}

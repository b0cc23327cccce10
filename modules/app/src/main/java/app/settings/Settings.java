package app.settings;

import auth.SessionConfig;
import database.DatabaseConfig;
import io.helidon.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import limits.RequestBudget;
import notification.CatalogueConfig;
import push.engine.HubConfig;
import push.tracing.TracingConfig;
import push.transport.StreamLimits;

/**
 * The checked configuration.
 *
 * @param server Helidon's section {@code server}, with the passphrases of {@code passphrase-file}. This class checks
 *     {@code host}, {@code port}, {@code hosts}, {@code tls} and the names of all keys; {@link ProtocolSettings} and
 *     Helidon check the rest when the server is built
 * @param host {@code server.host}: the address to listen on
 * @param port {@code server.port}: the port to listen on; 0 for any free port
 * @param hosts {@code server.hosts}: the host names that clients may use for the hub, besides IP addresses and {@code
 *     localhost}
 * @param requestsMaxBytes {@code requests.max-bytes}: how many bytes requests, their JSON trees and interests may hold
 *     together
 * @param hub {@code push.freshness-window}, {@code push.ring.*}, {@code push.invalidations.*},
 *     {@code push.subscriber.*}, {@code push.heartbeat}, {@code push.drain-grace}, {@code push.node}: the retention,
 *     limits, timing and name of the hub
 * @param log {@code push.log}, {@code push.postgres.*}: the kind of event log, and its settings
 * @param streams {@code push.subscriber.stall-timeout}, {@code push.keepalive}: the timeouts for inactive peers
 * @param drainTimeout {@code push.drain-timeout}: how long a stopping hub waits for gateways that have not received all
 *     published events
 * @param idempotencyRetention {@code notification.idempotency.retention}: how long an idempotency key is kept
 * @param catalogue {@code notification.catalogue.*}: the known kinds of notification
 * @param database {@code auth.db.*}: the database for sessions, revocations and idempotency keys
 * @param sessions {@code auth.session.*}, {@code auth.sessions.max-per-user}: the lifetime, retention and number of
 *     sessions
 * @param metricsGateways {@code push.metrics.gateways}: how many gateway ids have their own series in the metrics
 * @param tracing {@code tracing.*}: the endpoint for spans, and the share of traces to record; empty if {@code
 *     tracing.endpoint} is not set
 */
public record Settings(
        Config server,
        String host,
        int port,
        Set<String> hosts,
        long requestsMaxBytes,
        HubConfig hub,
        LogSettings log,
        StreamLimits streams,
        Duration drainTimeout,
        Duration idempotencyRetention,
        CatalogueConfig catalogue,
        DatabaseConfig database,
        SessionConfig sessions,
        int metricsGateways,
        Optional<TracingConfig> tracing) {

    private static final String SERVER = "server";

    /** The {@code service.name} in the hub's spans. */
    private static final String SERVICE = "push";

    /**
     * Loads the configuration of a hub. The sources, in descending order of precedence: {@code overrides}, system
     * properties, the environment, the file. Logs a warning for each environment variable and system property that is
     * probably meant for the hub but has no effect.
     *
     * @param file a YAML file, whose folder is the start of relative paths in the configuration; empty for {@code
     *     etc/application.yaml} of the installation, if it exists
     * @throws SettingsException as {@link #of}, or if the file cannot be read
     */
    public static Settings load(Optional<Path> file, Map<String, String> overrides) {
        return new SettingsLoader(file, overrides).load(Settings::of);
    }

    /**
     * Loads the tracing settings for a client, from the same sources as a hub on this machine.
     *
     * @param service the client's {@code service.name} in its spans
     * @param instance the client's {@code service.instance.id} in its spans
     * @throws SettingsException if a tracing setting is not allowed, a section does not exist, or the file cannot be
     *     read
     */
    public static Optional<TracingConfig> loadTracing(String service, String instance) {
        return new SettingsLoader(Optional.empty(), Map.of())
                .loadWithoutWarnings(
                        (config, folder) -> new TracingSettings(new SettingsReader(config)).tracing(service, instance));
    }

    /**
     * Reads and checks the configuration. Relative paths start from the working directory.
     *
     * @throws SettingsException if a value is not allowed, or a key does not exist
     */
    public static Settings of(Config config) {
        return of(config, Path.of(""));
    }

    private static Settings of(Config config, Path folder) {
        SettingsReader reader = new SettingsReader(config);
        PushSettings push = new PushSettings(reader);
        AuthSettings auth = new AuthSettings(reader, folder);
        Config server = config.get(SERVER);
        Settings settings = new Settings(
                PassphraseFiles.resolve(server),
                reader.text(HubKeys.HOST, "127.0.0.1", "an IP address or a host name", host -> !host.isBlank()),
                reader.integer(HubKeys.PORT, 8080, 0, 65_535),
                reader.hosts(HubKeys.HOSTS),
                reader.size(
                        HubKeys.REQUESTS_MAX_BYTES,
                        Long.toString(RequestBudget.defaultBytes()),
                        RequestBudget.MIN_BYTES),
                push.hub(),
                new LogSettings(push.log(), push.postgres(auth.database(), folder)),
                push.streams(),
                push.drainTimeout(),
                reader.duration(HubKeys.IDEMPOTENCY_RETENTION, Duration.ofHours(24)),
                new CatalogueSettings(reader, folder).read(),
                auth.database(),
                auth.sessions(),
                push.metricsGateways(),
                new TracingSettings(reader).tracing(SERVICE, push.node()));
        checkKeys(reader, server);
        ServerTls.of(settings.server()).ifPresent(ServerTls::load); // only as a check
        return settings;
    }

    private static void checkKeys(SettingsReader reader, Config server) {
        for (String section : HubKeys.SECTIONS.withoutWildcards()) {
            if (!section.equals(SERVER)) {
                reader.refuseUnknown(section, HubKeys.ALL);
            }
        }
        new ProtocolSettings(server); // first: its message about a protocol that is not served is better
        boolean hasOnlyHubKeys = server.traverse()
                .filter(Config::isLeaf)
                .allMatch(leaf -> HubKeys.ALL.contains(leaf.key().toString()));
        if (!hasOnlyHubKeys) { // most starts need not read Helidon's metadata
            reader.refuseUnknown(SERVER, ServerKeys.read());
        }
        PassphraseFiles.refuseDuplicates(server);
    }
}

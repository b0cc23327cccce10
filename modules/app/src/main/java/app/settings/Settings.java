package app.settings;

import static java.lang.System.Logger.Level.WARNING;

import auth.SessionConfig;
import database.DatabaseConfig;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import limits.RequestBudget;
import notification.CatalogueConfig;
import org.jspecify.annotations.Nullable;
import push.engine.HubConfig;
import push.engine.RetentionConfig;
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
 * @param log {@code push.log}: the kind of event log
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
        String log,
        StreamLimits streams,
        Duration drainTimeout,
        Duration idempotencyRetention,
        CatalogueConfig catalogue,
        DatabaseConfig database,
        SessionConfig sessions,
        int metricsGateways,
        Optional<TracingConfig> tracing) {

    private static final Pattern YAML_PLACE = Pattern.compile("line \\d+, column \\d+");
    private static final String POSTGRESQL = "jdbc:postgresql://";
    private static final String DIRECT_URL = "auth.db.direct-url";
    private static final String PASSWORD = "auth.db.password";
    private static final String PASSWORD_FILE = PASSWORD + "-file";
    private static final String SERVER = "server";
    private static final String OURS = "push.";

    /** All keys except those below lists, and except Helidon's own keys in the section {@code server}. */
    static final SortedSet<String> KEYS = new TreeSet<>(List.of(
            DIRECT_URL,
            PASSWORD,
            PASSWORD_FILE,
            "auth.db.pool-size",
            "auth.db.url",
            "auth.db.user",
            "auth.session.retention",
            "auth.session.ttl",
            "auth.sessions.max-per-user",
            CatalogueSettings.OPEN,
            "notification.idempotency.retention",
            "push.drain-grace",
            "push.drain-timeout",
            "push.freshness-window",
            "push.heartbeat",
            "push.invalidations.max-bytes",
            "push.invalidations.max-entries",
            "push.invalidations.retention",
            "push.keepalive",
            "push.log",
            "push.metrics.gateways",
            "push.node",
            "push.ring.capacity",
            "push.ring.max-bytes",
            "push.subscriber.buffer",
            "push.subscriber.in-flight",
            "push.subscriber.max",
            "push.subscriber.stall-timeout",
            "requests.max-bytes",
            "server.host",
            "server.hosts",
            "server.port",
            "tracing.deliveries",
            "tracing.endpoint",
            "tracing.sampling-ratio"));

    private static final System.Logger LOG = System.getLogger(Settings.class.getName());

    /** All keys that the hub itself reads, including those below lists. */
    static final KnownKeys OWN_KEYS =
            new KnownKeys(Stream.of(KEYS, CatalogueSettings.KEYS_OF_KINDS, Set.of("server.hosts." + KnownKeys.NUMBER))
                    .flatMap(Collection::stream)
                    .toList());

    private static final KnownKeys SECTIONS =
            new KnownKeys(KEYS.stream().map(Settings::section).distinct().toList());

    private static final Duration POSITIVE = Duration.ofNanos(1);

    /**
     * The default time that a gateway has to end its stream after {@code GoAway}, unless the drain timeout is shorter.
     */
    private static final Duration DRAIN_GRACE = Duration.ofSeconds(2);

    private static final Duration MIN_STALL_TIMEOUT = Duration.ofSeconds(10);

    /** With a shorter time, a ping that is delayed by a slow connection would count as silence. */
    private static final Duration MIN_KEEPALIVE = Duration.ofSeconds(2);

    private static final Duration MIN_SESSION_TTL = Duration.ofSeconds(1);

    private static final int MAX_NODE_LENGTH = 256;

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
        Config server = config.get(SERVER);
        Settings settings = new Settings(
                PassphraseFiles.resolve(server),
                reader.text("server.host", "127.0.0.1", "an address or a host's name", host -> !host.isBlank()),
                reader.integer("server.port", 8080, 0, 65_535),
                reader.hosts("server.hosts"),
                reader.size("requests.max-bytes", Long.toString(RequestBudget.defaultBytes()), RequestBudget.MIN_BYTES),
                hub(reader),
                reader.text("push.log", "memory", "the name of a log", log -> !log.isBlank()),
                streams(reader),
                drainTimeout(reader),
                reader.duration("notification.idempotency.retention", Duration.ofHours(24), POSITIVE),
                new CatalogueSettings(reader, folder).read(),
                database(reader, folder),
                sessions(reader),
                reader.integer("push.metrics.gateways", 1000, 1, 100_000),
                tracing(reader, "push", node(reader)));
        for (String section : SECTIONS.single()) {
            if (!section.equals(SERVER)) {
                reader.refuseUnknown(section, OWN_KEYS);
            }
        }
        checkServer(reader, server);
        ServerTls.of(settings.server()).ifPresent(ServerTls::load); // only as a check
        return settings;
    }

    private static void checkServer(SettingsReader reader, Config server) {
        new ProtocolSettings(server); // first: its message about a protocol that is not served is better
        boolean hasOnlyOurs = server.traverse()
                .filter(Config::isLeaf)
                .allMatch(leaf -> OWN_KEYS.contains(leaf.key().toString()));
        if (!hasOnlyOurs) { // most starts need not read Helidon's metadata
            reader.refuseUnknown(SERVER, ServerKeys.read());
        }
        PassphraseFiles.refuseDuplicates(server);
    }

    private static String section(String key) {
        return key.substring(0, key.indexOf('.'));
    }

    private static DatabaseConfig database(SettingsReader reader, Path folder) {
        String url = url(reader, "auth.db.url", "jdbc:h2:file:./data/auth", "jdbc:h2:… or jdbc:postgresql://…", true);
        boolean h2 = DatabaseConfig.isH2(url);
        String allowed = h2 ? "left out, as auth.db.url is of H2" : POSTGRESQL + "…";
        return new DatabaseConfig(
                url,
                reader.text("auth.db.user", "", "", any -> true),
                reader.secret(PASSWORD, PASSWORD_FILE, folder),
                reader.integer("auth.db.pool-size", DatabaseConfig.DEFAULT_POOL_SIZE, 2, 1000),
                h2 && reader.text(DIRECT_URL, "", "", any -> true).isEmpty()
                        ? url
                        : url(reader, DIRECT_URL, url, allowed, false));
    }

    /** Reads a database URL. The message about a wrong URL does not include its password. */
    private static String url(SettingsReader reader, String key, String fallback, String allowed, boolean mayBeH2) {
        String url = reader.text(key, fallback, "", any -> true);
        boolean isAllowed = mayBeH2
                ? url.startsWith(POSTGRESQL) || DatabaseConfig.isH2(url)
                : url.startsWith(POSTGRESQL) && !DatabaseConfig.isH2(fallback);
        if (!isAllowed) {
            throw new SettingsException(key, DatabaseConfig.withoutPassword(url), allowed);
        }
        return url;
    }

    private static StreamLimits streams(SettingsReader reader) {
        StreamLimits defaults = StreamLimits.defaults();
        return new StreamLimits(
                reader.duration("push.subscriber.stall-timeout", defaults.stallTimeout(), MIN_STALL_TIMEOUT),
                reader.duration("push.keepalive", defaults.keepalive(), MIN_KEEPALIVE));
    }

    private static HubConfig hub(SettingsReader reader) {
        return new HubConfig(
                retention(reader),
                reader.integer("push.subscriber.buffer", 0, 0, Integer.MAX_VALUE),
                reader.size("push.subscriber.in-flight", "256 KiB"),
                reader.integer("push.subscriber.max", 10_000, 1, Integer.MAX_VALUE),
                reader.duration("push.heartbeat", Duration.ofSeconds(15), POSITIVE),
                drainGrace(reader),
                node(reader));
    }

    private static Duration drainTimeout(SettingsReader reader) {
        return reader.duration("push.drain-timeout", Duration.ofSeconds(5), POSITIVE);
    }

    private static Duration drainGrace(SettingsReader reader) {
        Duration timeout = drainTimeout(reader);
        Duration fallback = timeout.compareTo(DRAIN_GRACE) < 0 ? timeout : DRAIN_GRACE;
        Duration grace = reader.duration("push.drain-grace", fallback, Duration.ZERO);
        if (grace.compareTo(timeout) > 0) {
            throw new SettingsException(
                    "push.drain-grace",
                    grace.toString(),
                    "at most push.drain-timeout, which is " + timeout + "; lower the one or raise the other");
        }
        return grace;
    }

    private static SessionConfig sessions(SettingsReader reader) {
        return new SessionConfig(
                reader.duration("auth.session.ttl", Duration.ofDays(30), MIN_SESSION_TTL),
                reader.duration("auth.session.retention", Duration.ofDays(30), MIN_SESSION_TTL),
                reader.integer("auth.sessions.max-per-user", SessionConfig.DEFAULT_MAX_PER_USER, 1, Integer.MAX_VALUE));
    }

    private static Optional<TracingConfig> tracing(SettingsReader reader, String service, String instance) {
        double ratio = reader.ratio("tracing.sampling-ratio", 0.1);
        double deliveries = reader.ratio("tracing.deliveries", 0.1);
        return reader.address("tracing.endpoint")
                .map(endpoint -> new TracingConfig(endpoint, service, instance, ratio, deliveries));
    }

    private static String node(SettingsReader reader) {
        return reader.text(
                "push.node",
                hostName(),
                "1 to " + MAX_NODE_LENGTH + " printable characters",
                node -> !node.isBlank()
                        && node.length() <= MAX_NODE_LENGTH
                        && node.chars().noneMatch(Character::isISOControl));
    }

    private static RetentionConfig retention(SettingsReader reader) {
        return new RetentionConfig(
                reader.duration("push.freshness-window", Duration.ofMinutes(5), POSITIVE),
                reader.integer("push.ring.capacity", 1024, 1, RetentionConfig.MAX_RING_CAPACITY),
                reader.size("push.ring.max-bytes", "64 MiB"),
                reader.duration("push.invalidations.retention", Duration.ofHours(24), POSITIVE),
                reader.integer("push.invalidations.max-entries", 65_536, 1, Integer.MAX_VALUE),
                reader.size("push.invalidations.max-bytes", "32 MiB"));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // this machine cannot resolve its own name
        }
    }

    /**
     * Loads the configuration. The sources, in descending order of precedence: {@code overrides}, system properties,
     * the environment, the file. Logs a warning for each environment variable and system property that is probably
     * meant for the hub but has no effect.
     *
     * @param file a YAML file, whose folder is the start of relative paths in the configuration; empty for {@code
     *     etc/application.yaml} of the installation, if it exists
     * @throws SettingsException as {@link #of}, or if the file cannot be read
     */
    public static Settings load(Optional<Path> file, Map<String, String> overrides) {
        EnvironmentVariables environment = environment();
        environment.warnings().forEach(warning -> LOG.log(WARNING, warning));
        warnOfMisspeltProperties();
        return loaded(file, overrides, environment, Settings::of);
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
        return loaded(
                Optional.empty(),
                Map.of(),
                environment(),
                (config, folder) -> tracing(new SettingsReader(config), service, instance));
    }

    private static <T> T loaded(
            Optional<Path> file,
            Map<String, String> overrides,
            EnvironmentVariables environment,
            BiFunction<Config, Path, T> reading) {
        Optional<Path> source = file.or(Settings::installedFile);
        source.ifPresent(Settings::requireReadable);
        try {
            Config inFile = source.map(Settings::read).orElseGet(Config::empty);
            refuseUnknownSections(inFile);
            Config config = Config.builder()
                    .disableSystemPropertiesSource()
                    .disableEnvironmentVariablesSource()
                    .addSource(ConfigSources.create(overrides))
                    .addSource(ConfigSources.systemProperties())
                    .addSource(ConfigSources.create(environment.settings()))
                    .addSource(ConfigSources.create(inFile))
                    .build();
            Path folder = source.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
            return reading.apply(config, folder);
        } catch (ConfigException e) {
            String where = source.map(path -> " " + path).orElse("");
            throw new SettingsException("the configuration" + where + " can't be read: " + reason(e));
        }
    }

    /** Reads the file without resolving references, because a value may refer to a key of another source. */
    private static Config read(Path file) {
        return Config.builder()
                .disableSystemPropertiesSource()
                .disableEnvironmentVariablesSource()
                .disableValueResolving()
                .disableKeyResolving()
                .addSource(ConfigSources.file(file))
                .build();
    }

    private static void refuseUnknownSections(Config file) {
        file.asNodeList().orElse(List.of()).stream()
                .map(Config::name)
                .filter(name -> !SECTIONS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new SettingsException(name + " is not a section of this configuration; the nearest is "
                            + SECTIONS.nearest(name) + ", and there are " + String.join(", ", SECTIONS.single()));
                });
    }

    /** The reason of a failure. For invalid YAML, only its position: the text that the parser quotes may be secret. */
    private static String reason(ConfigException failure) {
        Matcher place = YAML_PLACE.matcher(String.valueOf(failure.getMessage()));
        String last = "";
        while (place.find()) {
            last = place.group();
        }
        return last.isEmpty()
                ? oneLine(failure.getMessage())
                : "it is no YAML at " + last + "; put quotes around a value with special characters";
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "" : message.strip().replaceAll("\\s+", " ");
    }

    private static EnvironmentVariables environment() {
        return EnvironmentVariables.of(
                System.getenv(), KEYS, () -> ServerKeys.read().single());
    }

    private static void warnOfMisspeltProperties() {
        MisspeltNames misspelt = new MisspeltNames(KEYS, OURS);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> !SECTIONS.contains(name.split("\\.", 2)[0]))
                .sorted()
                .forEach(name -> misspelt.meantBy(name)
                        .ifPresent(nearest -> LOG.log(
                                WARNING,
                                "the system property " + name + " has no effect: it names no key of this configuration;"
                                        + " the nearest is " + nearest)));
    }

    private static Optional<Path> installedFile() {
        return Optional.ofNullable(System.getProperty("app.home"))
                .map(home -> Path.of(home, "etc", "application.yaml"))
                .filter(Files::isReadable);
    }

    private static void requireReadable(Path path) {
        try {
            Files.newInputStream(path).close();
        } catch (NoSuchFileException e) {
            throw new SettingsException("the configuration " + path + " can't be read: there is no such file");
        } catch (IOException e) {
            throw new SettingsException("the configuration " + path + " can't be read: " + e.getMessage());
        }
    }
}

package app.settings;

import database.DatabaseConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import push.engine.HubConfig;
import push.engine.RetentionConfig;
import push.transport.StreamLimits;

/** Reads {@code push.*}: the hub and its streams. */
final class PushSettings {

    private static final String FRESHNESS_WINDOW = "push.freshness-window";
    private static final String RING_CAPACITY = "push.ring.capacity";
    private static final String RING_MAX_BYTES = "push.ring.max-bytes";
    private static final String INVALIDATIONS_RETENTION = "push.invalidations.retention";
    private static final String INVALIDATIONS_MAX_ENTRIES = "push.invalidations.max-entries";
    private static final String INVALIDATIONS_MAX_BYTES = "push.invalidations.max-bytes";
    private static final String SUBSCRIBER_BUFFER = "push.subscriber.buffer";
    private static final String SUBSCRIBER_IN_FLIGHT = "push.subscriber.in-flight";
    private static final String SUBSCRIBER_MAX = "push.subscriber.max";
    private static final String STALL_TIMEOUT = "push.subscriber.stall-timeout";
    private static final String KEEPALIVE = "push.keepalive";
    private static final String HEARTBEAT = "push.heartbeat";
    private static final String DRAIN_TIMEOUT = "push.drain-timeout";
    private static final String DRAIN_GRACE = "push.drain-grace";
    private static final String LOG = "push.log";
    private static final String LOG_LOST_TIMEOUT = "push.log.lost-timeout";
    private static final String POSTGRES_URL = "push.postgres.url";
    private static final String POSTGRES_DIRECT_URL = "push.postgres.direct-url";
    private static final String POSTGRES_USER = "push.postgres.user";
    private static final String POSTGRES_PASSWORD = "push.postgres.password";
    private static final String POSTGRES_PASSWORD_FILE = POSTGRES_PASSWORD + "-file";
    private static final String NODE = "push.node";
    private static final String METRICS_GATEWAYS = "push.metrics.gateways";

    static final List<String> KEYS = List.of(
            FRESHNESS_WINDOW,
            RING_CAPACITY,
            RING_MAX_BYTES,
            INVALIDATIONS_RETENTION,
            INVALIDATIONS_MAX_ENTRIES,
            INVALIDATIONS_MAX_BYTES,
            SUBSCRIBER_BUFFER,
            SUBSCRIBER_IN_FLIGHT,
            SUBSCRIBER_MAX,
            STALL_TIMEOUT,
            KEEPALIVE,
            HEARTBEAT,
            DRAIN_TIMEOUT,
            DRAIN_GRACE,
            LOG,
            LOG_LOST_TIMEOUT,
            POSTGRES_URL,
            POSTGRES_DIRECT_URL,
            POSTGRES_USER,
            POSTGRES_PASSWORD,
            POSTGRES_PASSWORD_FILE,
            NODE,
            METRICS_GATEWAYS);

    /** The default of {@code push.drain-grace}, unless {@code push.drain-timeout} is shorter. */
    private static final Duration DEFAULT_DRAIN_GRACE = Duration.ofSeconds(2);

    private static final Duration MIN_STALL_TIMEOUT = Duration.ofSeconds(10);

    /** With a shorter time, a ping that is delayed by a slow connection would count as silence. */
    private static final Duration MIN_KEEPALIVE = Duration.ofSeconds(2);

    /** The log asks its database at least twice within this time. */
    private static final Duration MIN_LOST_TIMEOUT = Duration.ofSeconds(1);

    private static final int MAX_NODE_LENGTH = 256;

    private final SettingsReader reader;

    PushSettings(SettingsReader reader) {
        this.reader = reader;
    }

    HubConfig hub() {
        return new HubConfig(
                retention(),
                reader.integer(SUBSCRIBER_BUFFER, 0, 0, Integer.MAX_VALUE),
                reader.size(SUBSCRIBER_IN_FLIGHT, "256 KiB"),
                reader.integer(SUBSCRIBER_MAX, 10_000, 1, Integer.MAX_VALUE),
                reader.duration(HEARTBEAT, Duration.ofSeconds(15)),
                drainGrace(),
                reader.duration(LOG_LOST_TIMEOUT, Duration.ofSeconds(5), MIN_LOST_TIMEOUT),
                node());
    }

    private RetentionConfig retention() {
        return new RetentionConfig(
                reader.duration(FRESHNESS_WINDOW, Duration.ofMinutes(5)),
                reader.integer(RING_CAPACITY, 1024, 1, RetentionConfig.MAX_RING_CAPACITY),
                reader.size(RING_MAX_BYTES, "64 MiB"),
                reader.duration(INVALIDATIONS_RETENTION, Duration.ofHours(24)),
                reader.integer(INVALIDATIONS_MAX_ENTRIES, 65_536, 1, Integer.MAX_VALUE),
                reader.size(INVALIDATIONS_MAX_BYTES, "32 MiB"));
    }

    private Duration drainGrace() {
        Duration timeout = drainTimeout();
        Duration fallback = timeout.compareTo(DEFAULT_DRAIN_GRACE) < 0 ? timeout : DEFAULT_DRAIN_GRACE;
        Duration grace = reader.duration(DRAIN_GRACE, fallback, Duration.ZERO);
        if (grace.compareTo(timeout) > 0) {
            throw new SettingsException(
                    DRAIN_GRACE, grace.toString(), "at most " + DRAIN_TIMEOUT + ", which is " + timeout);
        }
        return grace;
    }

    Duration drainTimeout() {
        return reader.duration(DRAIN_TIMEOUT, Duration.ofSeconds(5));
    }

    String node() {
        return reader.text(
                NODE,
                hostName(),
                "1 to " + MAX_NODE_LENGTH + " printable characters",
                node -> !node.isBlank()
                        && node.length() <= MAX_NODE_LENGTH
                        && node.chars().noneMatch(Character::isISOControl));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // this machine cannot resolve its own name
        }
    }

    String log() {
        return reader.text(LOG, "memory", "the kind of a log, such as memory", log -> !log.isBlank());
    }

    /**
     * Reads {@code push.postgres.*}, the database of the log.
     *
     * @param auth the database of auth, which the log shares unless it has a URL of its own
     * @param folder the folder that relative paths start from
     */
    Map<String, String> postgres(DatabaseConfig auth, Path folder) {
        String url = reader.text(POSTGRES_URL, "");
        if (url.isEmpty()) {
            return Map.of(
                    "url",
                    auth.url(),
                    "direct-url",
                    auth.directUrl(),
                    "user",
                    auth.user(),
                    "password",
                    auth.password());
        }
        return Map.of(
                "url", url,
                "direct-url", reader.text(POSTGRES_DIRECT_URL, url),
                "user", reader.text(POSTGRES_USER, ""),
                "password", reader.secret(POSTGRES_PASSWORD, POSTGRES_PASSWORD_FILE, folder));
    }

    StreamLimits streams() {
        StreamLimits defaults = StreamLimits.defaults();
        return new StreamLimits(
                reader.duration(STALL_TIMEOUT, defaults.stallTimeout(), MIN_STALL_TIMEOUT),
                reader.duration(KEEPALIVE, defaults.keepalive(), MIN_KEEPALIVE));
    }

    int metricsGateways() {
        return reader.integer(METRICS_GATEWAYS, 1000, 1, 100_000);
    }
}

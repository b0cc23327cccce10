package app.settings;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The keys of the configuration that the hub itself defines. {@link ServerKeys} has those of the web server. */
final class HubKeys {

    static final String HOST = "server.host";
    static final String PORT = "server.port";
    static final String HOSTS = "server.hosts";
    static final String REQUESTS_MAX_BYTES = "requests.max-bytes";
    static final String IDEMPOTENCY_RETENTION = "notification.idempotency.retention";

    /** The keys that have one value, in alphabetical order. */
    static final SortedSet<String> SINGLE = new TreeSet<>(Stream.of(
                    List.of(HOST, PORT, HOSTS, REQUESTS_MAX_BYTES, IDEMPOTENCY_RETENTION, CatalogueSettings.OPEN),
                    AuthSettings.KEYS,
                    PushSettings.KEYS,
                    TracingSettings.KEYS)
            .flatMap(Collection::stream)
            .toList());

    /** All keys, including those below lists. */
    static final KnownKeys ALL =
            new KnownKeys(Stream.of(SINGLE, CatalogueSettings.KEYS_OF_KINDS, Set.of(HOSTS + "." + KnownKeys.NUMBER))
                    .flatMap(Collection::stream)
                    .toList());

    /** The first segments of all keys. */
    static final KnownKeys SECTIONS =
            new KnownKeys(SINGLE.stream().map(HubKeys::section).distinct().toList());

    private HubKeys() {}

    /** The first segment of a key. */
    static String section(String key) {
        return key.split("\\.", 2)[0];
    }
}

package app;

import app.settings.Settings;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import testing.Certificates;

/** Settings for a server on a free port, with TLS. */
public final class SecureServer {

    private SecureServer() {}

    /** The keys of {@code server.tls} for a certificate in a key store. */
    public static Map<String, String> withStore(Certificates.Issued shown) {
        return Map.of(
                "server.tls.private-key.keystore.resource.path", shown.store().toString(),
                "server.tls.private-key.keystore.passphrase", Certificates.PASSWORD,
                "server.tls.private-key.keystore.key.alias", shown.name());
    }

    /** The keys of {@code server.tls} for a certificate in PEM files. */
    public static Map<String, String> withPem(Path key, Path cert) {
        return Map.of(
                "server.tls.private-key.pem.key.resource.path", key.toString(),
                "server.tls.private-key.pem.cert-chain.resource.path", cert.toString());
    }

    /** The keys of {@code server.tls} that require a client certificate of an authority. */
    public static Map<String, String> askingFor(Certificates authority) {
        return Map.of(
                "server.tls.client-auth",
                "REQUIRED",
                "server.tls.trust.pem.certificates.resource.path",
                authority.ca().toString());
    }

    /** The given settings, and those that every test server needs. */
    @SafeVarargs
    public static Settings settings(Path folder, Map<String, String>... parts) {
        Map<String, String> all = new HashMap<>(Map.of(
                "server.port", "0",
                "auth.db.url", "jdbc:h2:file:" + folder.resolve("auth"),
                "push.drain-timeout", "PT0.1S"));
        for (Map<String, String> part : parts) {
            all.putAll(part);
        }
        return Settings.of(Config.just(ConfigSources.create(all)));
    }
}

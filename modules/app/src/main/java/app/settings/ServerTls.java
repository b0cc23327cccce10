package app.settings;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;
import io.helidon.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import push.gateway.KeyMatch;

/**
 * {@code server.tls}: Helidon's own section. This class also detects mistakes that Helidon would not report before a
 * client connects. It reads the files again on each load. Immutable.
 */
public final class ServerTls {

    /** The keys that name files. */
    private static final List<String> FILES = List.of(
            "private-key.keystore.resource.path",
            "private-key.pem.key.resource.path",
            "private-key.pem.cert-chain.resource.path",
            "trust.keystore.resource.path",
            "trust.pem.certificates.resource.path");

    private static final String KEY_STORE = "private-key.keystore";
    private static final String TRUST_STORE = "trust.keystore";

    /** Helidon's default, which fits key stores that {@code openssl pkcs12} creates without a name. */
    private static final String DEFAULT_ALIAS = "1";

    private final Config config;

    private ServerTls(Config config) {
        this.config = config;
    }

    /**
     * Finds the section.
     *
     * @param server Helidon's section {@code server}
     * @return the TLS settings; empty if the section does not exist or is not enabled
     */
    public static Optional<ServerTls> of(Config server) {
        Config tls = server.get("tls");
        return tls.exists() && tls.get("enabled").asBoolean().orElse(true)
                ? Optional.of(new ServerTls(tls))
                : Optional.empty();
    }

    /** The files with keys, certificates and passphrases that the section names by path. */
    public List<Path> files() {
        return Stream.concat(paths(), PassphraseFiles.files(config).stream())
                .map(path -> Path.of(text(path)))
                .toList();
    }

    /**
     * Reads the keys, certificates and passphrases.
     *
     * @throws SettingsException if a setting or a file is wrong; the message names the key, its value unless it is
     *     secret, and what is allowed
     */
    public Tls load() {
        return new ServerTls(PassphraseFiles.resolve(config)).loadWithPassphrases();
    }

    private Tls loadWithPassphrases() {
        paths().forEach(ServerTls::requireReadable);
        requireChain();
        checkKeyStore();
        openStore(TRUST_STORE);
        Tls tls = create();
        check(tls.prototype());
        return tls;
    }

    private Stream<Config> paths() {
        return FILES.stream().map(config::get).filter(Config::exists);
    }

    private static String text(Config leaf) {
        return leaf.asString().orElse("");
    }

    private static void requireReadable(Config path) {
        try (InputStream in = Files.newInputStream(Path.of(text(path)))) {
            int _ = in.read();
        } catch (NoSuchFileException e) {
            throw new SettingsException(path.key() + " must name a file, but \"" + text(path) + "\" does not exist");
        } catch (IOException e) {
            throw mistake(path, "a readable file (" + e.getMessage() + ")");
        }
    }

    private static SettingsException mistake(Config leaf, String allowed) {
        return new SettingsException(leaf.key().toString(), text(leaf), allowed);
    }

    private void requireChain() {
        if (config.get("private-key.pem").exists()
                && !config.get("private-key.pem.cert-chain").exists()) {
            throw new SettingsException(config.get("private-key.pem.cert-chain.resource.path")
                            .key() + " must name a file with the certificate of the private key, but is not set");
        }
    }

    private void checkKeyStore() {
        KeyStore store = openStore(KEY_STORE).orElse(null);
        if (store == null) {
            return;
        }
        Config alias = config.get(KEY_STORE + ".key.alias");
        String name = alias.asString().orElse(DEFAULT_ALIAS);
        Config chain = config.get(KEY_STORE + ".cert-chain.alias");
        try {
            if (!store.isKeyEntry(name)) {
                throw new SettingsException(alias.key() + " must be the alias of a private key in \""
                        + text(config.get(KEY_STORE + ".resource.path")) + "\" (aliases: "
                        + String.join(", ", Collections.list(store.aliases())) + "), but is \"" + name + "\"");
            }
            if (chain.exists() && store.getCertificateChain(text(chain)) == null) {
                throw mistake(chain, "the alias of a certificate chain in the key store");
            }
            Config own = config.get(KEY_STORE + ".key.passphrase");
            store.getKey(
                    name,
                    text(own.exists() ? own : config.get(KEY_STORE + ".passphrase"))
                            .toCharArray());
        } catch (UnrecoverableKeyException e) {
            throw new SettingsException(config.get(KEY_STORE + ".key.passphrase")
                            .key() + " must be the password of the key \"" + name + "\", but is not");
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** Opens the key store of a section; empty if the section does not name one by path. */
    private Optional<KeyStore> openStore(String section) {
        Config path = config.get(section + ".resource.path");
        Config type = config.get(section + ".type");
        Config passphrase = config.get(section + ".passphrase");
        if (!path.exists()) {
            return Optional.empty();
        }
        String kind = type.asString().orElse("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(text(path)))) {
            KeyStore store = KeyStore.getInstance(kind);
            store.load(in, text(passphrase).toCharArray());
            return Optional.of(store);
        } catch (KeyStoreException e) {
            throw new SettingsException(
                    type.key().toString(), kind, "a key store type that Java supports, such as PKCS12 or JKS");
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new SettingsException(
                        passphrase.key() + " must be the password of \"" + text(path) + "\", but is not");
            }
            throw mistake(path, "a key store of type " + kind);
        } catch (GeneralSecurityException e) {
            throw mistake(path, "a key store of type " + kind);
        }
    }

    private Tls create() {
        try {
            return Tls.builder()
                    .config(config)
                    .manager(new EnforcingTlsManager())
                    .build();
        } catch (RuntimeException e) {
            throw unusable(e);
        }
    }

    private SettingsException unusable(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root.getMessage() == null ? root.toString() : root.getMessage();
        return new SettingsException(
                config.key() + " cannot be used: " + why.lines().findFirst().orElse("") + "; see docs/tls.md");
    }

    private void check(TlsConfig made) {
        Config privateKey = config.get("private-key");
        PrivateKey key = made.privateKey()
                .orElseThrow(() -> new SettingsException(
                        privateKey.key() + " must name a private key, in keystore or in pem; see docs/tls.md"));
        requireMatch(privateKey, key, made.privateKeyCertChain().getFirst());
        if (made.clientAuth() != TlsClientAuth.NONE && made.trust().isEmpty() && !made.trustAll()) {
            throw new SettingsException(
                    config.get("trust").key() + " must name the certificate authorities of clients if "
                            + config.get("client-auth").key() + " is " + made.clientAuth()
                            + "; otherwise all public authorities would be trusted");
        }
    }

    private void requireMatch(Config privateKey, PrivateKey key, X509Certificate certificate) {
        try {
            if (!KeyMatch.matches(certificate, key)) {
                throw new SettingsException(privateKey.key() + " must match its certificate, which is for \""
                        + certificate.getSubjectX500Principal() + "\", but does not");
            }
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }
}

package push.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of a client: the authorities that it trusts, and its own certificate. The hub's certificate must
 * match the host that the client connects to.
 *
 * <p>The client reads the files for each connection, so certificates can be renewed while it runs. If a file is
 * invalid, the attempt to connect fails, and the client tries again. Immutable.
 *
 * @param ca a PEM file with the certificates of the trusted authorities; empty for those of the Java runtime
 * @param cert a PEM file with the client's certificate chain: its own certificate first, then the intermediate ones;
 *     empty for no client certificate
 * @param key a PEM file with the private key of {@code cert}, in PKCS#8 or PKCS#1 form, without a password; empty if
 *     and only if {@code cert} is empty
 */
public record ClientTls(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {

    /** Trusts the authorities of the Java runtime and presents no client certificate. */
    public static final ClientTls DEFAULT = new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());

    /** Not a secret: the key store exists only on the heap. */
    private static final char[] PASSWORD = "in memory".toCharArray();

    /** @throws IllegalArgumentException if only one of {@code cert} and {@code key} is present */
    public ClientTls {
        if (cert.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("cert and key must be set together, but "
                    + (cert.isPresent() ? "there is a cert without a key" : "there is a key without a cert"));
        }
    }

    /**
     * Returns the same settings with other trusted authorities.
     *
     * @param file a PEM file with their certificates
     */
    public ClientTls withCa(Path file) {
        return new ClientTls(Optional.of(file), cert, key);
    }

    /**
     * Returns the same settings with a client certificate.
     *
     * @param certificates a PEM file with the client's certificate chain, its own certificate first
     * @param privateKey a PEM file with the private key of the first certificate
     */
    public ClientTls withCertificate(Path certificates, Path privateKey) {
        return new ClientTls(ca, Optional.of(certificates), Optional.of(privateKey));
    }

    /**
     * Reads the files and creates a context from them.
     *
     * @throws IllegalArgumentException if Java cannot set up TLS with the files; if a file is at fault, the message
     *     names the component, its file and what is allowed
     */
    public SSLContext context() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity(), PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private KeyStore identity() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        if (cert.isPresent() && key.isPresent()) {
            List<X509Certificate> chain = PemFile.read("cert", cert.get()).certificates();
            PrivateKey secret = PemFile.read("key", key.get()).privateKey();
            if (!KeyMatch.matches(chain.getFirst(), secret)) {
                throw new IllegalArgumentException("key must be the private key of the first certificate in \""
                        + cert.get() + "\", but \"" + key.get() + "\" contains another key");
            }
            store.setKeyEntry("client", secret, PASSWORD, chain.toArray(new X509Certificate[0]));
        }
        return store;
    }

    /** The trusted authorities; null for those of the Java runtime. */
    private @Nullable KeyStore authorities() throws GeneralSecurityException, IOException {
        if (ca.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int n = 0;
        for (X509Certificate authority : PemFile.read("ca", ca.get()).certificates()) {
            store.setCertificateEntry("ca-" + n++, authority);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}

package gateway;

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
 * How a client speaks TLS: whom it trusts, and what it shows of itself. The hub's certificate must be for the host that
 * the client connects to.
 *
 * <p>The files are read for each connection, so that certificates can be renewed while the client runs. Immutable.
 *
 * @param ca PEM certificates of the authorities that are trusted; empty for those of the Java runtime
 * @param cert PEM certificates that the client shows: its own first, then those that lead to an authority; empty for none
 * @param key the PEM private key of {@code cert}, in PKCS#8 or PKCS#1 form, without a password
 */
public record ClientTls(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {

    /** Trusts the authorities of the Java runtime, and shows nothing. */
    public static final ClientTls DEFAULT = new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());

    /** Guards nothing: the key store never leaves the heap. */
    private static final char[] PASSWORD = "in memory".toCharArray();

    /** @throws IllegalArgumentException if there is a certificate without a key, or a key without a certificate */
    public ClientTls {
        if (cert.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("cert and key go together; "
                    + (cert.isPresent() ? "there is a cert without a key" : "there is a key without a cert"));
        }
    }

    /** The same with other authorities. */
    public ClientTls withCa(Path file) {
        return new ClientTls(Optional.of(file), cert, key);
    }

    /** The same with a certificate of the client. */
    public ClientTls withCertificate(Path certificates, Path privateKey) {
        return new ClientTls(ca, Optional.of(certificates), Optional.of(privateKey));
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException naming the component, its file and what is allowed
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
            throw new IllegalArgumentException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private KeyStore identity() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        if (cert.isPresent() && key.isPresent()) {
            List<X509Certificate> chain = PemFile.of("cert", cert.get()).certificates();
            PrivateKey secret = PemFile.of("key", key.get()).privateKey();
            if (!KeyMatch.belong(chain.getFirst(), secret)) {
                throw new IllegalArgumentException("key must be the private key of the first certificate in \""
                        + cert.get() + "\", and was \"" + key.get() + "\", which is another one");
            }
            store.setKeyEntry("client", secret, PASSWORD, chain.toArray(new X509Certificate[0]));
        }
        return store;
    }

    /** Null stands for those of the Java runtime. */
    private @Nullable KeyStore authorities() throws GeneralSecurityException, IOException {
        if (ca.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int n = 0;
        for (X509Certificate authority : PemFile.of("ca", ca.get()).certificates()) {
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

package testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority that issues certificates for tests with the JDK's {@code keytool}, as PEM and PKCS#12 files. Not
 * thread-safe.
 */
public final class Certificates {

    /** The password of every key store. */
    public static final String PASSWORD = "changeit";

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path folder;
    private final String algorithm;
    private final Path store;

    private Certificates(Path folder, String algorithm) {
        this.folder = folder;
        this.algorithm = algorithm;
        this.store = folder.resolve("authority.p12");
    }

    /** Creates an authority with elliptic-curve keys. */
    public static Certificates in(Path folder) throws Exception {
        return in(folder, "EC");
    }

    /**
     * Creates an authority.
     *
     * @param folder an empty folder
     * @param algorithm the algorithm of all keys, as {@code keytool} names it: EC, RSA, Ed25519
     */
    public static Certificates in(Path folder, String algorithm) throws Exception {
        Certificates made = new Certificates(folder, algorithm);
        made.generate("ca", List.of("-ext", "bc:c"));
        made.write(
                "ca.pem",
                made.pem(
                        "CERTIFICATE",
                        made.open(made.store).getCertificate("ca").getEncoded()));
        return made;
    }

    /** Returns the file of the authority's own certificate, as PEM. */
    public Path ca() {
        return folder.resolve("ca.pem");
    }

    /**
     * A certificate and its key, in files.
     *
     * @param cert the certificate, as PEM
     * @param key the key, as PEM with PKCS#8
     * @param store both, as PKCS#12, under the alias {@code name}
     */
    public record Issued(String name, Path cert, Path key, Path store) {}

    /**
     * Issues a certificate.
     *
     * @param name the subject, which is also the name of the files
     * @param san the subject alternative names, as {@code keytool} writes them: {@code dns:localhost,ip:127.0.0.1}
     */
    public Issued issue(String name, String san) throws Exception {
        generate(name, List.of("-signer", "ca", "-ext", "san=" + san));
        KeyStore all = open(store);
        Key key = all.getKey(name, PASSWORD.toCharArray());
        Certificate[] chain = all.getCertificateChain(name);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(name, key, PASSWORD.toCharArray(), chain);
        Path file = folder.resolve(name + ".p12");
        try (var out = Files.newOutputStream(file)) {
            own.store(out, PASSWORD.toCharArray());
        }
        return new Issued(
                name,
                write(name + ".pem", pem("CERTIFICATE", chain[0].getEncoded())),
                write(name + ".key", pem("PRIVATE KEY", key.getEncoded())),
                file);
    }

    private void generate(String name, List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    private KeyStore open(Path file) throws GeneralSecurityException, IOException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            opened.load(in, PASSWORD.toCharArray());
        }
        return opened;
    }

    private String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}

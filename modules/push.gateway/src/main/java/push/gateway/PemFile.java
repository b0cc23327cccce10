package push.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with certificates and private keys as text (RFC 7468). Every failure is an {@link IllegalArgumentException}
 * that names the option, the file and what is allowed, and never includes the file's content.
 */
final class PemFile {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** The start of a PKCS#8 key with an RSA key of PKCS#1 in it: version 0 and the algorithm RSA. */
    private static final byte[] RSA_PREFIX = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private final String option;
    private final Path file;
    private final String text;

    private PemFile(String option, Path file, String text) {
        this.option = option;
        this.file = file;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @param option the name of the option that names the file
     */
    static PemFile read(String option, Path file) {
        String prefix = option + " must be a PEM file, but was \"" + file + "\": ";
        try {
            return new PemFile(option, file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(prefix + "the file does not exist");
        } catch (IOException e) {
            throw new IllegalArgumentException(prefix + "the file cannot be read: " + e.getMessage());
        }
    }

    /** All certificates in the file, at least one. */
    List<X509Certificate> certificates() {
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        try {
            while (block.find()) {
                if (block.group(1).equals("CERTIFICATE")) {
                    found.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der(block))));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw invalid("PEM certificates", "it contains an invalid certificate");
        }
        if (found.isEmpty()) {
            throw invalid("PEM certificates", "it contains no certificate");
        }
        return found;
    }

    /** The first private key in the file. */
    PrivateKey privateKey() {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return decoded(block, false);
                }
                case "RSA PRIVATE KEY" -> {
                    return decoded(block, true);
                }
                case "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "DSA PRIVATE KEY" ->
                    throw unsupportedKey("it contains a key of the form \"" + block.group(1) + "\"");
                default -> {} // the file may also contain certificates
            }
        }
        throw unsupportedKey("it contains no readable private key");
    }

    private PrivateKey decoded(Matcher block, boolean pkcs1) {
        try {
            PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs1 ? pkcs8(der(block)) : der(block));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
                } catch (InvalidKeySpecException e) {
                    // The key is for another algorithm.
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Reported below.
        }
        throw unsupportedKey("it contains an invalid or unsupported key");
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        return derElement(0x30, concat(RSA_PREFIX, derElement(0x04, pkcs1)));
    }

    /** A DER element: a tag, the length in two or three bytes, and the content. */
    private static byte[] derElement(int tag, byte[] content) {
        int n = content.length;
        byte[] head = n < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) n}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
        return concat(head, content);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] der(Matcher block) {
        return Base64.getMimeDecoder().decode(block.group(2));
    }

    private IllegalArgumentException unsupportedKey(String why) {
        return invalid(
                "one private key in PKCS#8 form without a password",
                why + "; convert it with `openssl pkcs8 -topk8 -nodes -in " + file + "`");
    }

    private IllegalArgumentException invalid(String allowed, String why) {
        return new IllegalArgumentException(
                option + " must be a file with " + allowed + ", but was \"" + file + "\": " + why);
    }
}

package push.gateway;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Checks whether a private key belongs to a certificate. Safe to call from any thread. */
public final class KeyMatch {

    private static final byte[] DATA = {1, 2, 3};

    private KeyMatch() {}

    /**
     * Returns true if the key belongs to the certificate. The method signs data with the key and verifies the signature
     * with the certificate.
     *
     * @throws GeneralSecurityException if Java cannot sign with such a key
     */
    public static boolean matches(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        signature.initSign(key);
        signature.update(DATA);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(DATA);
        return signature.verify(signed);
    }
}

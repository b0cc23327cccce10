package push.gateway;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Checks whether a private key belongs to a certificate. */
public final class KeyMatch {

    private static final byte[] ANYTHING = {1, 2, 3};

    private KeyMatch() {}

    /**
     * Returns whether the key belongs to the certificate: signs data with the key and verifies it with the certificate.
     *
     * @throws GeneralSecurityException if Java cannot sign with such a key
     */
    public static boolean belong(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
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
        signature.update(ANYTHING);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(ANYTHING);
        return signature.verify(signed);
    }
}

package idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A request with an {@code Idempotency-Key}.
 *
 * @param path the path of the request; the same key at another path is another key
 * @param key the key, up to 256 characters
 * @param bodySha256 the SHA-256 hash of the body's bytes, in lower-case hex
 */
public record KeyedRequest(String path, String key, String bodySha256) {

    /**
     * Creates a request with a key.
     *
     * @param body adds the bytes of the body to a digest
     */
    public static KeyedRequest of(String path, String key, Consumer<MessageDigest> body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            body.accept(digest);
            return new KeyedRequest(path, key, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The name of the key, which does not depend on the body. */
    public Name name() {
        return new Name(path, key);
    }

    /** The name under which a key is remembered. */
    public record Name(String path, String key) {}
}

package idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A request that came with an {@code Idempotency-Key}.
 *
 * @param path what it was sent to; the same key at another path is another key
 * @param key up to 256 characters
 * @param bodySha256 of the body's bytes, in lower-case hex
 */
public record KeyedRequest(String path, String key, String bodySha256) {

    /**
     * A request with a key.
     *
     * @param body adds the body's bytes to a digest
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

    /** Whether it is the same key, with whatever body. */
    public Name name() {
        return new Name(path, key);
    }

    /** What a key is remembered by. */
    public record Name(String path, String key) {}
}

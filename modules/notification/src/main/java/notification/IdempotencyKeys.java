package notification;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers for keys that were seen before, so that a repeated request is published once. Remembered in
 * memory, for a time and up to a number. Safe for any number of threads: of requests that come at once
 * with one key, one is published, and the others wait for its answer.
 */
public final class IdempotencyKeys {

    private static final int MAX_KEYS = 100_000;

    private final long retentionNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Remembered> byKey = new LinkedHashMap<>(); // oldest first

    private record Remembered(String digest, long since, CompletableFuture<Accepted> answer) {}

    /**
     * Remembers nothing yet.
     *
     * @param retention how long a key is remembered
     * @param nanoTime monotonic: see {@link System#nanoTime}
     */
    public IdempotencyKeys(Duration retention, LongSupplier nanoTime) {
        this.retentionNanos = retention.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * The answer for a key: that of {@code action}, or the one that it gave before. An action that
     * throws is not remembered.
     *
     * @return empty when the key was seen with another body
     */
    Optional<Accepted> once(String key, byte[] body, Supplier<Accepted> action) {
        String digest = sha256(body);
        CompletableFuture<Accepted> answer = new CompletableFuture<>();
        Remembered before = remember(key, new Remembered(digest, nanoTime.getAsLong(), answer));
        if (before == null) {
            return Optional.of(run(key, action, answer));
        }
        return before.digest().equals(digest) ? Optional.of(before.answer().join()) : Optional.empty();
    }

    private synchronized @Nullable Remembered remember(String key, Remembered remembered) {
        forgetOld(remembered.since());
        return byKey.putIfAbsent(key, remembered);
    }

    private void forgetOld(long now) {
        Iterator<Remembered> oldestFirst = byKey.values().iterator();
        while (oldestFirst.hasNext()) {
            boolean expired = now - oldestFirst.next().since() >= retentionNanos;
            if (!expired && byKey.size() < MAX_KEYS) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private Accepted run(String key, Supplier<Accepted> action, CompletableFuture<Accepted> answer) {
        try {
            Accepted accepted = action.get();
            answer.complete(accepted);
            return accepted;
        } catch (RuntimeException | Error e) {
            forget(key);
            answer.completeExceptionally(e);
            throw e;
        }
    }

    private synchronized void forget(String key) {
        byKey.remove(key);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

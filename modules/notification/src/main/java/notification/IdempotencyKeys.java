package notification;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final LinkedHashMap<String, Remembered> byKey = new LinkedHashMap<>(); // oldest first

    private record Remembered(String digest, long since, CompletableFuture<Answer> answer) {}

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
    Optional<Answer> once(String key, byte[] body, Supplier<Answer> action) {
        Remembered mine = new Remembered(sha256(body), nanoTime.getAsLong(), new CompletableFuture<>());
        Remembered before = remember(key, mine);
        if (before == null) {
            return Optional.of(run(key, mine, action));
        }
        return before.digest().equals(mine.digest()) ? Optional.of(await(before.answer())) : Optional.empty();
    }

    private synchronized @Nullable Remembered remember(String key, Remembered remembered) {
        forgetExpired(remembered.since());
        Remembered before = byKey.putIfAbsent(key, remembered);
        if (byKey.size() > MAX_KEYS) {
            byKey.pollFirstEntry();
        }
        return before;
    }

    private void forgetExpired(long now) {
        while (!byKey.isEmpty() && now - byKey.firstEntry().getValue().since() >= retentionNanos) {
            byKey.pollFirstEntry();
        }
    }

    private Answer run(String key, Remembered mine, Supplier<Answer> action) {
        try {
            Answer answer = action.get();
            mine.answer().complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            forget(key, mine);
            mine.answer().completeExceptionally(e);
            throw e;
        }
    }

    private synchronized void forget(String key, Remembered mine) {
        byKey.remove(key, mine); // not a later one, after this one has expired
    }

    private static Answer await(CompletableFuture<Answer> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure; // what the first request was answered with
            }
            throw e;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

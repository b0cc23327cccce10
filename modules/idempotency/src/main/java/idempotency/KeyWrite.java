package idempotency;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is written about a key. */
sealed interface KeyWrite {

    /** Of which key. */
    KeyedRequest request();

    /**
     * Tries to have a key for oneself.
     *
     * @param ids to act under, unless an earlier attempt has chosen others
     * @param now the time by the clock of this host
     * @param expiresAt until when the key is remembered
     * @param gone an owner that is thought gone, whatever its claim says; null for none
     */
    record Claiming(
            KeyedRequest request,
            List<String> ids,
            Instant now,
            Instant expiresAt,
            @Nullable UUID gone) implements KeyWrite {}

    /** Keeps the answer of a claim, unless another process has taken it over. */
    record Answering(KeyedRequest request, Answer answer) implements KeyWrite {}
}

package idempotency;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A write to the row of a key. */
sealed interface KeyWrite {

    /** The request that has the key. */
    KeyedRequest request();

    /**
     * Tries to claim a key.
     *
     * @param ids the ids to use, unless an earlier attempt has chosen others
     * @param now the time by the clock of this host
     * @param expiresAt when the key expires
     * @param gone an owner that counts as gone even if its claim has not lapsed; null for none
     */
    record Claiming(
            KeyedRequest request,
            List<String> ids,
            Instant now,
            Instant expiresAt,
            @Nullable UUID gone) implements KeyWrite {}

    /** Stores the response of a claim, unless another process has taken the claim over. */
    record Completing(KeyedRequest request, KeyedResponse response) implements KeyWrite {}
}

package idempotency;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The result of an attempt to claim a key. */
sealed interface Claim {

    /**
     * The caller has the claim: it must act on the request, and then store the response.
     *
     * @param ids the ids to use; those of an earlier attempt if there was one
     */
    record Granted(List<String> ids) implements Claim {}

    /** The request was already answered. */
    record Completed(KeyedResponse response) implements Claim {}

    /** The key belongs to a request with another body. */
    record OtherBody() implements Claim {}

    /**
     * Another process is acting on the request.
     *
     * @param owner the id of that process
     * @param until when that process, by its own clock, counts as gone if it has not answered
     */
    record Held(UUID owner, Instant until) implements Claim {}
}

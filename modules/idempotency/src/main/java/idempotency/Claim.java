package idempotency;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of an attempt to have a key for oneself. */
sealed interface Claim {

    /**
     * It is the caller's: act, and say what the answer was.
     *
     * @param ids the ids to act under: those of an earlier attempt, where there was one
     */
    record Mine(List<String> ids) implements Claim {}

    /** It was answered before. */
    record Answered(Answer answer) implements Claim {}

    /** It belongs to a request with another body. */
    record OfAnotherBody() implements Claim {}

    /**
     * Another process is acting on it.
     *
     * @param owner names that process
     * @param until when it is thought gone, by its clock, if it has not answered
     */
    record Held(UUID owner, Instant until) implements Claim {}
}

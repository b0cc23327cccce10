package gateway;

import io.grpc.Status;

/** What to do when a stream has ended with some status. */
public enum EndPolicy {
    /** Come back after a {@link Backoff}, with the last cursor. */
    RETRY,
    /** Stay away: the same request would get the same answer, or do harm. */
    FINAL;

    /**
     * The policy for a code. {@code ABORTED} is final because a newer subscription owns the id now: to come
     * back would be to fight for it.
     */
    public static EndPolicy of(Status.Code code) {
        return switch (code) {
            case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, INTERNAL, UNAVAILABLE, DATA_LOSS ->
                RETRY;
            case ABORTED,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED -> FINAL;
        };
    }
}

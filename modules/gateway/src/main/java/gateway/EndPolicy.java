package gateway;

import io.grpc.Status;

/**
 * What to do when a stream has ended. This is the one table of it:
 *
 * <table>
 * <caption>What ended the stream, and whether the client comes back</caption>
 * <tr><th>end</th><th>policy</th></tr>
 * <tr><td>{@code grpc-status} {@code ABORTED}: a newer subscription owns the id, and to come back would be to fight
 *     for it</td><td>final</td></tr>
 * <tr><td>{@code grpc-status} {@code INVALID_ARGUMENT}, {@code OUT_OF_RANGE}: the same request would get the same
 *     answer</td><td>final</td></tr>
 * <tr><td>{@code grpc-status} {@code UNAUTHENTICATED}, {@code PERMISSION_DENIED}: so would the same credentials; the
 *     client comes back where its {@link TokenFile} has changed since</td><td>final</td></tr>
 * <tr><td>any other {@code grpc-status}, {@code OK} and {@code UNIMPLEMENTED} included: a hub that fails, stops or
 *     is full, or a proxy that speaks gRPC and does not find the hub</td><td>retry</td></tr>
 * <tr><td>an answer without {@code grpc-status}, whatever its HTTP status and content type: it is not the hub's
 *     </td><td>retry</td></tr>
 * <tr><td>a reset, whatever its error code; the end or loss of the connection; no connection, or no TLS with
 *     it</td><td>retry</td></tr>
 * <tr><td>{@code GoAway} with {@code SHUTDOWN} or {@code DRAIN}: the client ends the stream itself</td><td>retry,
 *     not before {@code retry_after}</td></tr>
 * </table>
 */
public enum EndPolicy {
    /** Come back after a {@link Backoff}, with the last cursor. */
    RETRY,
    /** Stay away: the same request would get the same answer, or do harm. */
    FINAL;

    /** The policy for a code that came as {@code grpc-status}. */
    public static EndPolicy of(Status.Code code) {
        return switch (code) {
            case ABORTED, INVALID_ARGUMENT, OUT_OF_RANGE, PERMISSION_DENIED, UNAUTHENTICATED -> FINAL;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    DEADLINE_EXCEEDED,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    UNIMPLEMENTED,
                    INTERNAL,
                    UNAVAILABLE,
                    DATA_LOSS -> RETRY;
        };
    }

    /** The policy for an end without {@code grpc-status}: what stands between client and hub knows nothing of either. */
    static EndPolicy ofOthers() {
        return RETRY;
    }
}

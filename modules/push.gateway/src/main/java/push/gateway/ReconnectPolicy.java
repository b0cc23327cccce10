package push.gateway;

import io.grpc.Status;

/**
 * Whether a client reconnects after a stream has ended. These are all rules:
 *
 * <table>
 * <caption>The end of a stream, and whether the client reconnects</caption>
 * <tr><th>end</th><th>policy</th></tr>
 * <tr><td>{@code grpc-status} {@code ABORTED}: a newer subscription with the same id has replaced this one, and
 *     reconnecting would replace that one in turn</td><td>final</td></tr>
 * <tr><td>{@code grpc-status} {@code INVALID_ARGUMENT}, {@code OUT_OF_RANGE}: the same request would fail
 *     again</td><td>final</td></tr>
 * <tr><td>{@code grpc-status} {@code UNAUTHENTICATED}, {@code PERMISSION_DENIED}: the same credentials would fail
 *     again. If the {@link TokenFile} has changed since, the client reconnects</td><td>final</td></tr>
 * <tr><td>any other {@code grpc-status}, including {@code OK} and {@code UNIMPLEMENTED}: the hub has failed, is
 *     stopping or is full, or a gRPC proxy cannot find the hub</td><td>retry</td></tr>
 * <tr><td>a response without {@code grpc-status}, with any HTTP status and content type: the hub did not send
 *     it</td><td>retry</td></tr>
 * <tr><td>a reset with any error code; a closed or lost connection; a failed connection attempt or TLS
 *     handshake</td><td>retry</td></tr>
 * <tr><td>{@code GoAway} with {@code SHUTDOWN} or {@code DRAIN}: the client ends the stream itself</td><td>retry
 *     at another target, or at the same one no earlier than {@code retry_after}</td></tr>
 * </table>
 */
public enum ReconnectPolicy {
    /**
     * The client reconnects and resumes from its last cursor: at once if there is another target to try, else after a
     * {@link Backoff} delay.
     */
    RETRY,
    /** The client ends: the same request would fail again, or would replace another subscription. */
    FINAL;

    /** Returns the policy for a code that arrived as {@code grpc-status}. */
    public static ReconnectPolicy of(Status.Code code) {
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

    /** The policy for an end that the hub did not report in {@code grpc-status}. */
    static ReconnectPolicy withoutHubStatus() {
        return RETRY;
    }
}

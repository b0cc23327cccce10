package auth;

import java.util.concurrent.CompletionStage;
import push.api.Outcome;
import push.api.Outcome.NotPublished;
import push.api.SessionInvalidator;

/**
 * Publishes a revocation as a session invalidation, each time under the same event id. This is the only class that
 * calls the log, and that interprets the log's answer. For one thread.
 */
final class RevocationPublisher {

    /** What has become of a revocation. */
    enum Result {

        /** The log has stored the invalidation. */
        PUBLISHED,

        /** The hub is closed. The revocation stays in the outbox. */
        HUB_CLOSED,

        /**
         * The log is unavailable or has not answered. The revocation stays in the outbox. It can be published again,
         * because the log stores the invalidation once.
         */
        TRY_AGAIN
    }

    private final SessionInvalidator invalidator;

    RevocationPublisher(SessionInvalidator invalidator) {
        this.invalidator = invalidator;
    }

    /** Publishes a revocation, without waiting for the result. */
    CompletionStage<Result> publish(Revocation revocation) {
        return invalidator
                .invalidate(
                        revocation.userId(),
                        revocation.sessionId(),
                        revocation.reason(),
                        revocation.revokedAt(),
                        revocation.eventId().toString(),
                        revocation.traceparent(),
                        revocation.eventId())
                .thenApply(RevocationPublisher::result);
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Published _ -> Result.PUBLISHED;
            case NotPublished not when not.reason() == NotPublished.Reason.CLOSED -> Result.HUB_CLOSED;
            case NotPublished _, Outcome.Unknown _ -> Result.TRY_AGAIN;
        };
    }
}

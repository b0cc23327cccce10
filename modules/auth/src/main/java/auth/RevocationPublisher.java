package auth;

import push.api.SessionInvalidator;

/**
 * Publishes a revocation as a session invalidation, each time under the same event id. This is the only class that
 * calls the log, and that interprets the log's answer. For one thread.
 */
final class RevocationPublisher {

    /** What has become of a revocation. */
    enum Outcome {

        /** The log has stored the invalidation. */
        PUBLISHED,

        /** The hub is closed, and the invalidation was not published. The revocation stays in the outbox. */
        HUB_CLOSED
    }

    private final SessionInvalidator invalidator;

    RevocationPublisher(SessionInvalidator invalidator) {
        this.invalidator = invalidator;
    }

    Outcome publish(Revocation revocation) {
        boolean stored = invalidator
                .invalidate(
                        revocation.userId(),
                        revocation.sessionId(),
                        revocation.reason(),
                        revocation.revokedAt(),
                        revocation.eventId().toString(),
                        revocation.traceparent())
                .isPresent();
        return stored ? Outcome.PUBLISHED : Outcome.HUB_CLOSED;
    }
}

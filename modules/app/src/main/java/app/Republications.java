package app;

import auth.Republication;
import auth.Revocation;
import push.engine.RetentionConfig;

/** Derives what the relay publishes again from what the log retains. */
final class Republications {

    private Republications() {}

    /** The republication of as many revocations as a log with this retention keeps. */
    static Republication matching(RetentionConfig retention) {
        return new Republication(
                retention.invalidations(),
                retention.maxInvalidations(),
                retention.maxInvalidationBytes(),
                Republications::bytesInLog);
    }

    private static long bytesInLog(Revocation revocation) {
        return RetentionConfig.invalidationBytes(
                revocation.sessionId(),
                revocation.reason(),
                revocation.eventId().toString(),
                revocation.traceparent());
    }
}

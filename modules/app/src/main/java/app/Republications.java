package app;

import auth.Republication;
import auth.RepublicationTask;
import auth.Revocation;
import push.engine.Hub;
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

    /** The task of publishing again, as the log of this hub gives it. */
    static RepublicationTask task(Hub hub) {
        return new RepublicationTask() {
            @Override
            public boolean claim() {
                return hub.claimRepublication();
            }

            @Override
            public void end() {
                hub.endRepublication();
            }
        };
    }

    private static long bytesInLog(Revocation revocation) {
        return RetentionConfig.invalidationBytes(
                revocation.sessionId(),
                revocation.reason(),
                revocation.eventId().toString(),
                revocation.traceparent());
    }
}

package app;

import static java.lang.System.Logger.Level.INFO;

import database.HubLock;
import database.Sweeper;
import java.time.Duration;
import push.tracing.Tracing;

/**
 * Starts and stops the parts of a server, in an order that loses no revocation and no accepted event.
 *
 * <p>The start:
 *
 * <ol>
 *   <li>The web server listens first. While the relay catches up, which can take long, probes get a response, and
 *       sessions can be opened and revoked. The hub still refuses subscriptions.
 *   <li>The hub reads everything that the log retains. With a log in memory, that is nothing.
 *   <li>If the log lacks the earlier revocations, the relay publishes them again. A gateway that resumes with a cursor
 *       of an earlier log must receive them, so this comes before the first subscription.
 *   <li>The hub accepts subscriptions, and gRPC health reports it.
 * </ol>
 *
 * <p>The stop:
 *
 * <ol>
 *   <li>gRPC health reports that the hub accepts no subscriptions, so that gateways go elsewhere.
 *   <li>The relay stops. Revocations from now on stay in the database, and are published at the next start.
 *   <li>The hub ends all subscriptions, and the streams write their remaining events and a final status. The web server
 *       must still run for that.
 *   <li>The web server stops. No request needs the other parts any more.
 *   <li>The sweepers and the export of spans stop.
 *   <li>The lock is released: from here on, another hub may publish what this hub did not.
 *   <li>The database closes last, because every other part may use it until it has stopped.
 * </ol>
 */
final class ServerLifecycle {

    private static final System.Logger LOG = System.getLogger(ServerLifecycle.class.getName());

    private final ServerParts parts;

    ServerLifecycle(ServerParts parts) {
        this.parts = parts;
    }

    /**
     * Starts the parts. The hub accepts subscriptions when this method returns. If it throws, some parts may run, and
     * {@link #stop} must be called.
     *
     * @throws IllegalStateException if the web server does not start, or the log cannot be read
     */
    void start() {
        parts.web().start();
        parts.hub().awaitLog();
        parts.relay().start(parts.republication(), Republications.task(parts.hub()));
        parts.hub().takeSubscriptions();
        parts.transport().tellHealth();
        // The operator may have expected the database of another folder.
        parts.database().newFile().ifPresent(file -> LOG.log(INFO, "created a new database: " + file));
    }

    /**
     * Stops the parts. The last steps are taken even if an earlier one fails.
     *
     * @param drainTimeout how long to wait for slow gateways; streams have at least a second to write a status
     */
    void stop(Duration drainTimeout) {
        try (var _ = parts.database();
                var _ = parts.meters()) {
            stopServing(drainTimeout);
        }
        LOG.log(INFO, "push stopped");
    }

    private void stopServing(Duration drainTimeout) {
        try {
            drain(drainTimeout);
        } finally {
            parts.web().close();
            Sweeper.close(parts.sweepers());
            parts.tracing().ifPresent(Tracing::close);
            parts.lock().ifPresent(HubLock::close);
        }
    }

    private void drain(Duration timeout) {
        parts.transport().retire();
        parts.relay().close();
        long start = System.nanoTime();
        parts.hub().drain(timeout);
        parts.transport().close(timeout.minusNanos(System.nanoTime() - start));
    }
}

package push.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;

/**
 * Opens subscriptions: decides where each one starts, registers it, and ends the one that it replaces. Safe for any
 * number of threads.
 */
final class SubscriptionOpener {

    private final EventLog log;
    private final Duration logTimeout;
    private final Admission admission;
    private final Registry registry;
    private final SubscriptionReporter reporter;
    private final HubParts parts;

    /** @param logTimeout how long an opening waits for the log to say how far it reaches */
    SubscriptionOpener(
            EventLog log,
            Duration logTimeout,
            Admission admission,
            Registry registry,
            SubscriptionReporter reporter,
            HubParts parts) {
        this.log = log;
        this.logTimeout = logTimeout;
        this.admission = admission;
        this.registry = registry;
        this.reporter = reporter;
        this.parts = parts;
    }

    /** See {@link Hub#subscribe}. */
    Subscription open(SubscriptionRequest request) throws SubscriptionRefused {
        try {
            return admit(request);
        } catch (SubscriptionRefused refused) {
            if (refused.beginsContest()) {
                reporter.contested(request.gatewayClientId());
            }
            throw refused;
        }
    }

    private Subscription admit(SubscriptionRequest request) throws SubscriptionRefused {
        admission.require(request.gatewayClientId()); // first: a refused request must be cheap
        EventStore store = parts.log().current();
        Opening opening = Opening.decide(request, store, lastOf(store, request));
        Subscription subscription = new Subscription(request, store, opening, parts);
        Subscription older = admission.register(subscription);
        boolean opened = false;
        try {
            reporter.opened(request, subscription, older);
            endReplaced(older);
            opened = true;
        } finally {
            if (!opened) {
                subscription.end(End.FAILED); // the caller does not get it
                registry.remove(subscription);
            }
        }
        return subscription;
    }

    /**
     * Returns a sequence that no cursor of this life of the log exceeds. The hub asks the log only if the cursor is
     * beyond what the hub has read: another hub of the same log may have given that cursor.
     *
     * @throws SubscriptionRefused if the log fails or does not answer in time, or if the thread is interrupted
     */
    private long lastOf(EventStore store, SubscriptionRequest request) throws SubscriptionRefused {
        Optional<Cursor> cursor = Cursor.parse(request.cursor());
        if (cursor.isEmpty()
                || !cursor.get().epoch().equals(store.epoch())
                || cursor.get().sequence() <= store.recent().head()) {
            return 0;
        }
        try {
            Position last = log.last().toCompletableFuture().get(logTimeout.toMillis(), TimeUnit.MILLISECONDS);
            return last.epoch().equals(store.epoch()) ? last.sequence() : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SubscriptionRefused.logUnavailable();
        } catch (ExecutionException | TimeoutException e) {
            throw SubscriptionRefused.logUnavailable();
        }
    }

    private void endReplaced(@Nullable Subscription older) {
        if (older != null && older.end(End.REPLACED)) {
            reporter.replaced(older);
        }
    }
}

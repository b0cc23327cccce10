package push.engine;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;
import push.engine.SubscriptionRequest.Start;

/** Reports what happens to subscriptions, to the log and to the hub's observer. */
final class SubscriptionReporter implements SubscriptionListener {

    private static final System.Logger LOG = System.getLogger(Hub.class.getName());

    private final HubObserver observer;

    SubscriptionReporter(HubObserver observer) {
        this.observer = observer;
    }

    /**
     * A subscription was opened.
     *
     * @param older the subscription that it replaces; null if there is none
     */
    void opened(SubscriptionRequest request, Subscription subscription, @Nullable Subscription older) {
        if (older == null) {
            observer.opened(subscription);
        } else {
            observer.replaced(older, subscription);
        }
        String id = LogText.of(request.gatewayClientId());
        String cursor = request.start() == Start.EARLIEST ? "earliest" : LogText.of(request.cursor());
        String goingOn = request.onStale() == StalePolicy.OLDEST_RETAINED ? "oldest retained event" : "live tail";
        switch (subscription.resume()) {
            case MALFORMED, FUTURE ->
                LOG.log(
                        WARNING,
                        "push subscribe with {0} cursor; resuming from live tail; gateway_client_id={1} cursor={2}",
                        subscription.resume().name().toLowerCase(Locale.ROOT),
                        id,
                        cursor);
            case OTHER_EPOCH ->
                LOG.log(
                        WARNING,
                        "push subscribe with other_epoch cursor; resuming from {0}; gateway_client_id={1} cursor={2}",
                        goingOn,
                        id,
                        cursor);
            case STALE ->
                LOG.log(
                        INFO,
                        "push subscribe cursor stale; resuming from {0}; gateway_client_id={1} cursor={2}",
                        goingOn,
                        id,
                        cursor);
            case FRESH, RESUMED -> {}
        }
        if (subscription.replayed() > 0) {
            observer.replaying(subscription.replayed());
            LOG.log(
                    INFO,
                    "push subscribe replay; gateway_client_id={0} cursor={1} events={2}",
                    id,
                    cursor,
                    Long.toString(subscription.replayed()));
        }
    }

    /** A subscription ended because a newer one with the same id replaced it. */
    void replaced(Subscription older) {
        LOG.log(INFO, "push subscription replaced; gateway_client_id={0}", LogText.of(older.gatewayClientId()));
    }

    /** Subscriptions with one id keep replacing each other. */
    void contested(String gatewayClientId) {
        LOG.log(
                WARNING,
                "push gateways fight over one id; the newest are refused; give each its own; gateway_client_id={0}",
                LogText.of(gatewayClientId));
    }

    @Override
    public void ended(Subscription subscription, End cause) {
        observer.ended(subscription, cause);
    }

    @Override
    public void dropped(Subscription subscription, long clientEvents, boolean firstOfEpisode) {
        observer.dropped(subscription.gatewayClientId(), clientEvents);
        if (firstOfEpisode) {
            LOG.log(
                    WARNING,
                    "push subscription dropped event; gateway_client_id={0} cursor={1} events={2}",
                    LogText.of(subscription.gatewayClientId()),
                    subscription.cursor(),
                    Long.toString(clientEvents));
        }
    }

    @Override
    public void gap(Subscription subscription, Gap gap) {
        observer.gap(gap);
        if (gap.invalidationsMissed() && !subscription.wantsNotices()) {
            LOG.log(
                    ERROR,
                    "push invalidations may be lost, and the gateway cannot be told; gateway_client_id={0} from={1}"
                            + " to={2} reason={3}",
                    LogText.of(subscription.gatewayClientId()),
                    gap.from(),
                    gap.to(),
                    gap.reason());
        }
    }
}

package push.engine;

import push.engine.Notice.Gap;

/** Told what happens to subscriptions, by the threads that make it happen; must not wait. */
interface SubscriptionListener {

    /**
     * A subscription lost so many more client events because it lagged too far.
     *
     * @param firstOfEpisode false while it has not caught up since it last lost some
     */
    void dropped(Subscription subscription, long clientEvents, boolean firstOfEpisode);

    /** A subscription goes on behind a gap, whether its reader is told or not. */
    void gap(Subscription subscription, Gap gap);
}

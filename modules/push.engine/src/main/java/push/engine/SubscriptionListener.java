package push.engine;

import push.engine.Notice.Gap;

/** Observes what happens to subscriptions, on the thread on which it happens. Implementations must not wait. */
interface SubscriptionListener {

    /** A subscription has ended, for this reason. Called once. */
    void ended(Subscription subscription, End cause);

    /**
     * A subscription lost client events because it lagged too far. {@code clientEvents} is the number since the last
     * call.
     *
     * @param firstOfEpisode true if this is the first loss since the subscription last caught up
     */
    void dropped(Subscription subscription, long clientEvents, boolean firstOfEpisode);

    /** A subscription continues after a gap. Called even if the reader does not receive notices. */
    void gap(Subscription subscription, Gap gap);
}

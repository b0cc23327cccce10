package push.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import push.api.Publisher;
import push.engine.Registry.Takeover;
import push.engine.SubscriptionRefused.Reason;
import push.engine.spi.EventLog;

/**
 * The hub: publishers on one side, subscriptions on the other, and one log between them.
 *
 * <p>Safe for any number of threads. {@link #drain} and {@link #close} are idempotent. After either of them, publishing
 * has no effect and subscribing is refused.
 */
public final class Hub implements AutoCloseable {

    private static final Duration MAINTENANCE_INTERVAL = Duration.ofMillis(250);

    /** More dispatchers would cost more in wake-ups than they gain. */
    private static final int MAX_DISPATCHERS = 8;

    private static final Duration DRAIN_POLL = Duration.ofMillis(5);

    private final HubConfig config;
    private final EngineRuntime runtime;
    private final EventLog log;
    private final EventStore store;
    private final Registry registry;
    private final DispatcherGroup dispatchers;
    private final SubscriptionJournal journal;
    private final HubParts parts;
    private final Publisher publisher;
    private final ReentrantLock registration = new ReentrantLock();
    private volatile boolean starting;
    private volatile boolean closed;

    private Hub(
            HubConfig config,
            EngineRuntime runtime,
            EventLog log,
            HubObserver observer,
            UnaryOperator<Publisher> decorator) {
        this.config = config;
        this.runtime = runtime;
        this.log = log;
        this.registry = new Registry(Math.clamp(runtime.processors(), 1, MAX_DISPATCHERS));
        this.dispatchers = new DispatcherGroup(registry, runtime, this::expire, MAINTENANCE_INTERVAL);
        this.store = new EventStore(log.epoch(), config.retention(), runtime, dispatchers::signal);
        this.journal = new SubscriptionJournal(observer);
        this.parts = new HubParts(config, runtime, store, dispatchers, journal);
        this.publisher = decorator.apply(new LogPublisher(log, () -> closed, runtime, observer));
    }

    /**
     * Opens a hub with a log of the given kind.
     *
     * @throws IllegalArgumentException if there is no log of this kind
     */
    public static Hub open(HubConfig config, String logKind, EngineRuntime runtime, HubObserver observer) {
        return open(config, EventLogs.open(logKind, runtime), runtime, observer);
    }

    /**
     * Opens a hub with a log of the given kind, whose events are traced.
     *
     * @throws IllegalArgumentException if there is no log of this kind
     */
    public static Hub open(
            HubConfig config, String logKind, EngineRuntime runtime, HubObserver observer, EventTracer tracer) {
        EventLog log = new TracedLog(EventLogs.open(logKind, runtime), tracer);
        return start(new Hub(config, runtime, log, observer, publisher -> new TracedPublisher(publisher, tracer)));
    }

    static Hub open(HubConfig config, EventLog log, EngineRuntime runtime, HubObserver observer) {
        return start(new Hub(config, runtime, log, observer, UnaryOperator.identity()));
    }

    private static Hub start(Hub hub) {
        hub.log.start(hub.store);
        hub.dispatchers.start();
        return hub;
    }

    /**
     * Refuses subscriptions until {@link #takeSubscriptions} is called. Publishing is not affected: before a gateway
     * may resume from a log in memory, the events that the log must contain are published again.
     */
    public void refuseSubscriptions() {
        starting = true;
    }

    /** Accepts subscriptions again, unless the hub is closed. */
    public void takeSubscriptions() {
        starting = false;
    }

    /**
     * Returns the publishers' side of the hub, for the modules that may use {@code push.api}; only they can call it.
     */
    public Publisher publisher() {
        return publisher;
    }

    /** Returns the maximum number of subscriptions. */
    public int subscriberMax() {
        return config.subscriberMax();
    }

    /**
     * Opens a subscription, and ends an older one with the same id.
     *
     * <p>The start position is decided in one step against the log: every event that is published after this call
     * begins is either replayed or delivered live, and no event is both.
     *
     * @throws SubscriptionRefused if the hub is closed or still starting, if it has the maximum number of
     *     subscriptions, if the id was taken over too often, or if the hub cannot serve the cursor and the request asks
     *     to fail in this case. A refused request changes nothing: the subscription that holds the id keeps it, and the
     *     request does not count as a takeover
     */
    public Subscription subscribe(SubscriptionRequest request) throws SubscriptionRefused {
        try {
            return open(request);
        } catch (SubscriptionRefused refused) {
            if (refused.beginsContest()) {
                journal.contested(request.gatewayClientId());
            }
            throw refused;
        }
    }

    private Subscription open(SubscriptionRequest request) throws SubscriptionRefused {
        requireAdmission(request.gatewayClientId()); // first: a refused request must be cheap
        Subscription subscription = new Subscription(request, Opening.decide(request, store), parts);
        boolean opened = false;
        try {
            endReplaced(register(subscription));
            journal.opened(request, subscription);
            opened = true;
        } finally {
            if (!opened) {
                end(subscription, End.FAILED); // the caller does not get it
            }
        }
        return subscription;
    }

    private void requireAdmission(String gatewayClientId) throws SubscriptionRefused {
        registration.lock();
        try {
            admit(gatewayClientId, runtime.nanoTime());
        } finally {
            registration.unlock();
        }
    }

    private @Nullable Subscription register(Subscription subscription) throws SubscriptionRefused {
        registration.lock();
        try {
            long now = runtime.nanoTime();
            admit(subscription.gatewayClientId(), now); // again: there may be more subscriptions by now
            return registry.put(subscription, now);
        } finally {
            registration.unlock();
        }
    }

    private void admit(String gatewayClientId, long now) throws SubscriptionRefused {
        if (closed) {
            throw new SubscriptionRefused(Reason.STOPPED, "push service stopped");
        }
        if (starting) {
            throw new SubscriptionRefused(
                    Reason.STARTING, "push is starting: it publishes again what was revoked, and takes gateways then");
        }
        if (registry.size() >= config.subscriberMax() && !registry.contains(gatewayClientId)) {
            throw new SubscriptionRefused(
                    Reason.TOO_MANY, "too many subscriptions: this hub takes at most " + config.subscriberMax());
        }
        Takeover takeover = registry.takeover(gatewayClientId, now);
        if (takeover != Takeover.ALLOWED) {
            throw SubscriptionRefused.contested(takeover == Takeover.REFUSED_FIRST);
        }
    }

    private void endReplaced(@Nullable Subscription older) {
        if (older != null && older.end(End.REPLACED)) {
            journal.replaced(older);
        }
    }

    /**
     * Ends a subscription, unless it has already ended, and removes it from the registry. A newer subscription with the
     * same id stays.
     *
     * @return true if this call ended the subscription
     */
    public boolean end(Subscription subscription, End cause) {
        boolean first = subscription.end(cause);
        registry.remove(subscription);
        return first;
    }

    /**
     * Ends a subscription while the hub continues, so that its reader reconnects. A reader with notices receives
     * {@code GoAway} next, and then has {@link HubConfig#drainGrace} to end the subscription. The subscription of any
     * other reader ends at once. Further calls have no effect.
     */
    public void drain(Subscription subscription) {
        subscription.drain(End.RECONNECT);
    }

    private void expire() {
        store.expire();
    }

    /** Returns the dispatchers, for tests that make the steps themselves. */
    DispatcherGroup dispatchers() {
        return dispatchers;
    }

    /** Returns true if the hub accepts subscriptions: it is neither starting nor closed. */
    public boolean accepting() {
        return !closed && !starting;
    }

    /** Returns the hub's status, for operators. */
    public HubStatus status() {
        RecentEvents recent = store.recent();
        RecentEvents.Span span = recent.span();
        return new HubStatus(
                log.kind(),
                store.epoch(),
                store.cursor(span.head()),
                store.cursor(Math.min(span.oldest(), span.head())),
                span.head() - span.oldest() + 1,
                recent.bytes(),
                store.invalidations().size(),
                registry.size());
    }

    /** Returns the status of all subscriptions, for operators, in no particular order. */
    public List<SubscriptionStatus> subscriptions() {
        return registry.stream().map(Subscription::status).toList();
    }

    /**
     * Stops accepting events and subscriptions, lets every subscription end once its reader has taken all events, and
     * then closes the hub. A reader that keeps up receives everything that was published.
     *
     * <p>A reader with notices receives {@code GoAway} last, and then has {@link HubConfig#drainGrace} to handle what
     * it has taken. A subscription counts as done when its reader calls {@link #end}.
     *
     * @param atMost how long to wait for the subscriptions to end; zero or less for no wait. An interrupt ends the wait
     */
    public void drain(Duration atMost) {
        long start = runtime.nanoTime();
        long wait = atMost.toNanos(); // first: an overflow must not leave the drain half done
        refuseMore();
        log.close(); // from here on, readers can take everything that the log has stored
        registry.stream().forEach(subscription -> subscription.drain(End.STOPPED));
        while (registry.size() > 0
                && runtime.nanoTime() - start < wait
                && !Thread.currentThread().isInterrupted()) {
            runtime.park(this, DRAIN_POLL.toNanos());
        }
        close();
    }

    private void refuseMore() {
        registration.lock(); // a subscription that is being registered is in the registry afterwards
        try {
            closed = true;
        } finally {
            registration.unlock();
        }
    }

    /** Ends every subscription at once, even if its reader has not taken all events, and closes the hub. */
    @Override
    public void close() {
        refuseMore();
        log.close();
        registry.stream().forEach(subscription -> end(subscription, End.STOPPED));
        dispatchers.close();
    }
}

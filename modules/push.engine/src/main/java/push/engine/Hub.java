package push.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import push.api.Publisher;
import push.engine.SubscriptionRefused.Reason;
import push.engine.spi.EventLog;

/**
 * The hub: publishers on one side, subscriptions on the other, one log between them.
 *
 * <p>Safe for any number of threads. {@link #drain} and {@link #close} are idempotent; after either, publishing does
 * nothing and subscribing is refused.
 */
public final class Hub implements AutoCloseable {

    private static final Duration MAINTENANCE_INTERVAL = Duration.ofMillis(250);

    /** More would wake each other for longer than they bring something. */
    private static final int MAX_DISPATCHERS = 8;

    private static final Duration DRAIN_POLL = Duration.ofMillis(5);

    private final HubConfig config;
    private final EngineRuntime runtime;
    private final EventLog log;
    private final EventStore store;
    private final Registry registry;
    private final Dispatcher dispatcher;
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
        this.dispatcher = new Dispatcher(registry, runtime, this::expire, MAINTENANCE_INTERVAL);
        this.store = new EventStore(log.epoch(), config.retention(), runtime, dispatcher::signal);
        this.journal = new SubscriptionJournal(observer);
        this.parts = new HubParts(config, runtime, store, dispatcher, journal);
        this.publisher = decorator.apply(new LogPublisher(log, () -> closed, runtime, observer));
    }

    /**
     * Opens a hub on a log of the given kind.
     *
     * @throws IllegalArgumentException when there is no such log
     */
    public static Hub open(HubConfig config, String logKind, EngineRuntime runtime, HubObserver observer) {
        return open(config, EventLogs.open(logKind, runtime), runtime, observer);
    }

    /**
     * Opens a hub whose events are traced.
     *
     * @throws IllegalArgumentException when there is no such log
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
        hub.dispatcher.start();
        return hub;
    }

    /**
     * Refuses subscriptions until {@link #takeSubscriptions}. Publishing is not affected: a log in memory gets what it must
     * have before a gateway may resume from it.
     */
    public void refuseSubscriptions() {
        starting = true;
    }

    /** Takes subscriptions, unless the hub is closed. */
    public void takeSubscriptions() {
        starting = false;
    }

    /** The publishers' side: to be passed on to whoever may use {@code push.api}, which alone can call it. */
    public Publisher publisher() {
        return publisher;
    }

    /** How many subscriptions there may be. */
    public int subscriberMax() {
        return config.subscriberMax();
    }

    /**
     * Opens a subscription, and ends an older one of the same id.
     *
     * <p>Where it starts is decided in one step against the log: every event published after this
     * call began is either replayed or comes live, and none is both.
     *
     * @throws SubscriptionRefused when the hub is closed, has as many subscriptions as it may, or the request
     *     asks to fail rather than to leave events out. A request that is refused changes nothing: the subscription
     *     that holds the id keeps it, and the request does not count as a takeover
     */
    public Subscription subscribe(SubscriptionRequest request) throws SubscriptionRefused {
        requireAdmission(request.gatewayClientId()); // first: a request that is refused must cost little
        Subscription subscription = new Subscription(request, Opening.decide(request, store), parts);
        boolean opened = false;
        try {
            endReplaced(register(subscription));
            journal.opened(request, subscription);
            opened = true;
        } finally {
            if (!opened) {
                end(subscription, End.FAILED); // nobody will hold it
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
            admit(subscription.gatewayClientId(), now); // again: there may be others by now
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
        if (!registry.mayTakeOver(gatewayClientId, now, () -> journal.contested(gatewayClientId))) {
            throw new SubscriptionRefused(
                    Reason.CONTESTED, "too many replacements: gateway_client_id is in use by more than one client");
        }
    }

    private void endReplaced(@Nullable Subscription older) {
        if (older != null && older.end(End.REPLACED)) {
            journal.replaced(older);
        }
    }

    /**
     * Ends a subscription, unless it has ended, and takes it out of the registry. A newer one of the
     * same id stays.
     *
     * @return whether this call ended it
     */
    public boolean end(Subscription subscription, End cause) {
        boolean first = subscription.end(cause);
        registry.remove(subscription);
        return first;
    }

    /**
     * Sends a subscription's reader elsewhere while the hub stays. A reader with notices takes {@code GoAway} next, and
     * has {@link HubConfig#drainGrace} to end the subscription; any other one is at its end. Does nothing when repeated.
     */
    public void drain(Subscription subscription) {
        subscription.drain(End.DRAINED);
    }

    private void expire() {
        store.expire();
    }

    /** The dispatcher, for tests that run its steps themselves. */
    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Whether it takes subscriptions. */
    public boolean accepting() {
        return !closed && !starting;
    }

    /** What an operator sees of it. */
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

    /** What an operator sees of its subscriptions, in no particular order. */
    public List<SubscriptionStatus> subscriptions() {
        return registry.stream().map(Subscription::status).toList();
    }

    /**
     * Takes no more events and subscriptions, has every subscription end once it has taken all that there is, and
     * then closes. A reader that keeps up loses nothing of what was published.
     *
     * <p>A reader with notices takes {@code GoAway} last, and has {@link HubConfig#drainGrace} to handle what it has
     * taken. A subscription is done when its reader has said so by {@link #end}.
     *
     * @param atMost how long to wait for those that do not; not at all when it is zero or less. An interrupt ends the
     *     wait
     */
    public void drain(Duration atMost) {
        long start = runtime.nanoTime();
        long wait = atMost.toNanos(); // first: what can't be must not leave half a drain behind
        refuseMore();
        log.close(); // whatever it has taken can be taken from here on
        registry.stream().forEach(subscription -> subscription.drain(End.STOPPED));
        while (registry.size() > 0
                && runtime.nanoTime() - start < wait
                && !Thread.currentThread().isInterrupted()) {
            runtime.park(this, DRAIN_POLL.toNanos());
        }
        close();
    }

    private void refuseMore() {
        registration.lock(); // whoever is registering now is in the registry afterwards
        try {
            closed = true;
        } finally {
            registration.unlock();
        }
    }

    /** Ends every subscription, whatever it has yet to take. */
    @Override
    public void close() {
        refuseMore();
        log.close();
        registry.stream().forEach(subscription -> end(subscription, End.STOPPED));
        dispatcher.close();
    }
}

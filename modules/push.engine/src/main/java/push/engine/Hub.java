package push.engine;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import push.api.Publisher;
import push.engine.spi.EventLog;
import push.engine.spi.LogState;

/**
 * The hub: publishers on one side, subscriptions on the other, and one log between them.
 *
 * <p>Safe for any number of threads. {@link #drain} and {@link #close} are idempotent. After either of them, publishing
 * has no effect and subscribing is refused.
 */
public final class Hub implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Hub.class.getName());

    private static final Duration MAINTENANCE_INTERVAL = Duration.ofMillis(250);

    /** More dispatchers would cost more in wake-ups than they gain. */
    private static final int MAX_DISPATCHERS = 8;

    private static final Duration DRAIN_POLL = Duration.ofMillis(5);

    /** How long a start waits until everything that the log retains was read. */
    private static final Duration LOG_START = Duration.ofMinutes(5);

    /** How long the hub waits for its log, where a log that does not answer must not stop it. */
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(5);

    private final HubConfig config;
    private final WireFormat wireFormat;
    private final EngineRuntime runtime;
    private final EventLog log;
    private final LogTail tail;
    private final LogHealth logHealth;
    private final LostLog lostLog;
    private final Registry registry;
    private final Admission admission;
    private final DispatcherGroup dispatchers;
    private final SubscriptionOpener opener;
    private final Publisher publisher;

    Hub(
            HubConfig config,
            WireFormat wireFormat,
            EngineRuntime runtime,
            EventLog log,
            HubObserver observer,
            UnaryOperator<Publisher> decorator) {
        this.config = config;
        this.wireFormat = wireFormat;
        this.runtime = runtime;
        this.log = log;
        this.registry = new Registry(Math.clamp(runtime.processors(), 1, MAX_DISPATCHERS));
        this.dispatchers = new DispatcherGroup(registry, runtime, this::maintain, MAINTENANCE_INTERVAL);
        this.tail = new LogTail(config.retention(), wireFormat, runtime, dispatchers::signal);
        this.logHealth = new LogHealth(tail, log::age, config.lostTimeout());
        this.lostLog = new LostLog(logHealth, registry);
        this.admission = new Admission(config.subscriberMax(), runtime, registry, logHealth);
        SubscriptionReporter reporter = new SubscriptionReporter(observer);
        HubParts parts = new HubParts(config, runtime, tail, logHealth, dispatchers, reporter);
        this.opener = new SubscriptionOpener(log, LOG_TIMEOUT, admission, registry, reporter, parts);
        this.publisher =
                decorator.apply(new LogPublisher(log, admission::isClosed, logHealth::isLost, runtime, observer));
    }

    /** Returns a builder of a hub with this configuration, the log in memory, and the real machine. */
    public static HubBuilder builder(HubConfig config) {
        return new HubBuilder(config);
    }

    /** Starts the log and the dispatchers. */
    Hub start() {
        log.start(tail);
        dispatchers.start();
        return this;
    }

    /**
     * Refuses subscriptions until {@link #takeSubscriptions} is called. Publishing is not affected: before a gateway
     * may resume from a log in memory, the events that the log must contain are published again.
     */
    public void refuseSubscriptions() {
        admission.starting(true);
    }

    /** Accepts subscriptions again, unless the hub is closed. */
    public void takeSubscriptions() {
        admission.starting(false);
    }

    /**
     * Waits until the hub has read everything that the log retains.
     *
     * @throws IllegalStateException if that takes more than five minutes, or if the thread is interrupted
     */
    public void awaitLog() {
        long start = runtime.nanoTime();
        while (tail.state() != LogState.READY) {
            if (Thread.currentThread().isInterrupted() || runtime.nanoTime() - start >= LOG_START.toNanos()) {
                throw new IllegalStateException("the log " + log.name() + " could not be read in time");
            }
            runtime.park(this, DRAIN_POLL.toNanos());
        }
    }

    /** Claims the task to publish invalidations again: see {@link EventLog#claimRepublication}. */
    public boolean claimRepublication() {
        return log.claimRepublication();
    }

    /** Ends the task that {@link #claimRepublication} has claimed. */
    public void endRepublication() {
        log.endRepublication();
    }

    /**
     * Returns the publishers' side of the hub, for the modules that may use {@code push.api}; only they can call it.
     */
    public Publisher publisher() {
        return publisher;
    }

    /** Returns the form in which the hub encodes its events. */
    public WireFormat wireFormat() {
        return wireFormat;
    }

    /** Returns the maximum number of subscriptions. */
    public int subscriberMax() {
        return config.subscriberMax();
    }

    /**
     * Opens a subscription, and ends an older one with the same id.
     *
     * <p>The start position is decided in one step against the log: every event that is published after this call
     * begins is either replayed or delivered live, and no event is both. The call may wait up to five seconds for the
     * log, if the cursor is beyond what this hub has read.
     *
     * @throws SubscriptionRefused if the hub is closed or still starting, if the log does not say in time how far it
     *     reaches, if the hub has the maximum number of subscriptions, if the id was taken over too often, or if the
     *     hub cannot serve the cursor and the request asks to fail in this case. A refused request changes nothing: the
     *     subscription that holds the id keeps it, and the request does not count as a takeover
     */
    public Subscription subscribe(SubscriptionRequest request) throws SubscriptionRefused {
        return opener.open(request);
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

    /**
     * Has the gateway with this id reconnect: see {@link #drain(Subscription)}.
     *
     * @return false if no subscription has this id
     */
    public boolean disconnect(String gatewayClientId) {
        Optional<Subscription> subscription = registry.find(gatewayClientId);
        subscription.ifPresent(this::drain);
        return subscription.isPresent();
    }

    private void maintain() {
        tail.expire();
        lostLog.check();
    }

    /** Returns what the log passes its events to, for tests. */
    LogTail tail() {
        return tail;
    }

    /** Returns the dispatchers, for tests that make the steps themselves. */
    DispatcherGroup dispatchers() {
        return dispatchers;
    }

    /** Returns true if the hub accepts subscriptions: it is neither starting nor closed, and its log is current. */
    public boolean accepting() {
        return admission.isOpen();
    }

    /** Returns the hub's status, for operators. */
    public HubStatus status() {
        EventStore store = tail.current();
        RecentEvents recent = store.recent();
        RecentEvents.Span span = recent.span();
        return new HubStatus(
                log.name(),
                logHealth.age(),
                store.epoch(),
                store.cursor(span.head()),
                store.cursor(Math.min(span.oldest(), span.head())),
                recent.received(span.oldest() - 1, span.head()),
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
        admission.close();
        closeLog(atMost); // from here on, readers can take everything that the log has stored
        registry.stream().forEach(subscription -> subscription.drain(End.STOPPED));
        while (registry.size() > 0
                && runtime.nanoTime() - start < wait
                && !Thread.currentThread().isInterrupted()) {
            runtime.park(this, DRAIN_POLL.toNanos());
        }
        close();
    }

    private void closeLog(Duration atMost) {
        if (!log.close(atMost)) {
            LOG.log(WARNING, "push log did not finish within {0}; the outcome of some publications is unknown", atMost);
        }
    }

    /** Ends every subscription at once, even if its reader has not taken all events, and closes the hub. */
    @Override
    public void close() {
        admission.close();
        closeLog(LOG_TIMEOUT);
        registry.stream().forEach(subscription -> end(subscription, End.STOPPED));
        dispatchers.close();
    }
}

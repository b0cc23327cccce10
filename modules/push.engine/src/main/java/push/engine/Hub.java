package push.engine;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import push.api.Publisher;
import push.engine.SubscriptionRequest.Start;
import push.engine.spi.EventLog;

/**
 * The hub: publishers on one side, subscriptions on the other, one log between them.
 *
 * <p>Safe for any number of threads. {@link #close} is idempotent; after it, publishing does nothing
 * and subscribing is refused.
 */
public final class Hub implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Hub.class.getName());
    private static final Duration MAINTENANCE_INTERVAL = Duration.ofMillis(250);

    private final HubConfig config;
    private final EngineTime time;
    private final EventLog log;
    private final HubObserver observer;
    private final Registry registry = new Registry();
    private final RecentEvents events;
    private final Dispatcher dispatcher;
    private final LogPublisher publisher;
    private final ReentrantLock registration = new ReentrantLock();
    private volatile boolean closed;

    private Hub(HubConfig config, EngineTime time, EventLog log, HubObserver observer) {
        this.config = config;
        this.time = time;
        this.log = log;
        this.observer = observer;
        this.dispatcher = new Dispatcher(registry, time, this::maintain, MAINTENANCE_INTERVAL);
        this.events = new RecentEvents(
                log.epoch(),
                time,
                config.freshnessWindow(),
                config.ringCapacity(),
                config.ringMaxBytes(),
                dispatcher::signal);
        this.publisher = new LogPublisher(log, () -> closed, time, observer);
    }

    /**
     * Opens a hub on a log of the given kind.
     *
     * @throws IllegalArgumentException when there is no such log
     */
    public static Hub open(HubConfig config, String logKind, EngineTime time, HubObserver observer) {
        return open(config, EventLogs.open(logKind, time), time, observer);
    }

    static Hub open(HubConfig config, EventLog log, EngineTime time, HubObserver observer) {
        Hub hub = new Hub(config, time, log, observer);
        log.start(hub.events);
        hub.dispatcher.start();
        return hub;
    }

    /** The publishers' side: to be passed on to whoever may use {@code push.api}, which alone can call it. */
    public Publisher publisher() {
        return publisher;
    }

    /**
     * Opens a subscription, and ends an older one of the same id.
     *
     * <p>Where it starts is decided in one step against the log: every event published after this
     * call began is either replayed or comes live, and none is both.
     *
     * @throws SubscriptionRefused when the hub is closed, or has as many subscriptions as it may
     */
    public Subscription subscribe(SubscriptionRequest request) throws SubscriptionRefused {
        Subscription subscription;
        Subscription older;
        long behind;
        registration.lock();
        try {
            admit(request.gatewayClientId());
            RecentEvents.Span span = events.span();
            Opening opening = request.start() == Start.EARLIEST
                    ? Opening.earliest(span)
                    : Opening.decide(request.cursor(), log.epoch(), span);
            behind = span.head() - opening.position();
            subscription = new Subscription(
                    request.gatewayClientId(),
                    request.peer(),
                    time.instant(),
                    opening,
                    span.head(),
                    events,
                    log.epoch(),
                    new LagPolicy(config.subscriberBuffer()),
                    dispatcher,
                    this::dropped);
            older = registry.put(subscription);
        } finally {
            registration.unlock();
        }
        if (older != null && older.end(End.REPLACED)) {
            LOG.log(INFO, "push subscription replaced; gateway_client_id={0}", LogText.of(request.gatewayClientId()));
        }
        try {
            tell(request, subscription.resume(), behind);
        } catch (RuntimeException e) {
            end(subscription, End.FAILED); // nobody will hold it
            throw e;
        }
        return subscription;
    }

    private void admit(String gatewayClientId) throws SubscriptionRefused {
        if (closed) {
            throw new SubscriptionRefused(SubscriptionRefused.Reason.STOPPED, "push service stopped");
        }
        if (registry.size() >= config.subscriberMax() && !registry.contains(gatewayClientId)) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.TOO_MANY,
                    "too many subscriptions: this hub takes at most " + config.subscriberMax());
        }
    }

    private void tell(SubscriptionRequest request, Resume resume, long behind) {
        String id = LogText.of(request.gatewayClientId());
        String cursor = request.start() == Start.EARLIEST ? "earliest" : LogText.of(request.cursor());
        switch (resume) {
            case MALFORMED, OTHER_EPOCH, FUTURE ->
                LOG.log(
                        WARNING,
                        "push subscribe with {0} cursor; resuming from live tail; gateway_client_id={1} cursor={2}",
                        resume.name().toLowerCase(Locale.ROOT),
                        id,
                        cursor);
            case STALE ->
                LOG.log(
                        INFO,
                        "push subscribe cursor stale; replay skipped; gateway_client_id={0} cursor={1}",
                        id,
                        cursor);
            case FRESH, RESUMED -> {}
        }
        if (behind > 0) {
            observer.replaying(behind);
            LOG.log(
                    INFO,
                    "push subscribe replay; gateway_client_id={0} cursor={1} events={2}",
                    id,
                    cursor,
                    Long.toString(behind));
        }
    }

    private void dropped(Subscription subscription, long events, boolean firstOfEpisode) {
        observer.dropped(subscription.gatewayClientId(), events);
        if (firstOfEpisode) {
            LOG.log(
                    WARNING,
                    "push subscription dropped event; gateway_client_id={0} cursor={1} events={2}",
                    LogText.of(subscription.gatewayClientId()),
                    subscription.cursor(),
                    Long.toString(events));
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

    private void maintain() {
        events.expire();
        for (Subscription subscription : registry.all()) {
            subscription.skipWhatIsLost();
        }
    }

    /** Whether it takes subscriptions. */
    public boolean accepting() {
        return !closed;
    }

    /** What an operator sees of it. */
    public HubStatus status() {
        RecentEvents.Span span = events.span();
        return new HubStatus(
                log.kind(),
                log.epoch(),
                new Cursor(log.epoch(), span.head()),
                new Cursor(log.epoch(), Math.min(span.oldest(), span.head())),
                span.head() - span.oldest() + 1,
                events.bytes(),
                registry.size());
    }

    /** What an operator sees of its subscriptions, in no particular order. */
    public List<SubscriptionStatus> subscriptions() {
        return registry.all().stream().map(Subscription::status).toList();
    }

    @Override
    public void close() {
        List<Subscription> open;
        registration.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(registry.all());
        } finally {
            registration.unlock();
        }
        open.forEach(subscription -> end(subscription, End.STOPPED));
        dispatcher.close();
        log.close();
    }
}

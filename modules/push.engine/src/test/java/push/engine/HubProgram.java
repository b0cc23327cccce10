package push.engine;

import static push.engine.ProgramEvents.USERS;
import static push.engine.ProgramEvents.event;
import static push.engine.ProgramEvents.invalidation;
import static push.engine.ProgramEvents.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import logcontract.WaywardLog;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Outcome;

/** Runs the steps of a random program on a hub and on the naive one, and compares their deliveries at each step. */
final class HubProgram implements AutoCloseable {

    private static final Duration MAINTENANCE = Duration.ofMillis(250);

    private final NaiveHub.Limits limits;
    private final FakeRuntime runtime = new FakeRuntime();
    private final Map<Integer, ProgramGateway> gateways = new HashMap<>();
    private final AtomicLong onceIds = new AtomicLong();
    private int processes;
    private WaywardLog log;
    private Hub hub;
    private NaiveHub naive;
    private @Nullable NaiveHub former;
    private final Map<String, NaiveLog> lives = new HashMap<>();
    private long lastMaintenance;

    HubProgram(NaiveHub.Limits limits) {
        this.limits = limits;
        this.log = log(0);
        this.hub = open();
        this.naive = life(0, true);
    }

    private NaiveHub life(int base, boolean bornEmpty) {
        NaiveLog life = new NaiveLog(log.epoch(), base, bornEmpty, limits);
        lives.put(log.epoch(), life);
        return new NaiveHub(life, limits);
    }

    private Stream<NaiveHub> servingLives() {
        return gateways.values().stream()
                .map(ProgramGateway::serving)
                .flatMap(Optional::stream)
                .distinct();
    }

    private ProgramGateway gateway(int number) {
        return gateways.computeIfAbsent(number, n -> new ProgramGateway("g" + n));
    }

    private WaywardLog log(int base) {
        processes++;
        return new WaywardLog("p" + processes, base, runtime);
    }

    private Hub open() {
        RetentionConfig retention = new RetentionConfig(
                Duration.ofNanos(limits.windowNanos()),
                2,
                (long) ProgramEvents.size() * limits.events(),
                Duration.ofNanos(limits.invalidationNanos()),
                limits.invalidations(),
                Long.MAX_VALUE);
        HubConfig config = new HubConfig(
                retention,
                limits.buffer(),
                256 << 10,
                100,
                Duration.ofNanos(limits.heartbeat()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                "");
        lastMaintenance = runtime.nanoTime();
        return Hub.builder(config).log(log).runtime(runtime).open();
    }

    void run(Step step) {
        long now = runtime.nanoTime();
        switch (step) {
            case Step.Publish p -> {
                boolean published = isPublished(hub.publisher().publish(event(p.user(), p.kind())));
                if (published) {
                    naive.log().publish(now, 0, USERS.get(p.user()), null, p.kind());
                }
            }
            case Step.Invalidate i -> {
                UUID session = session(i.session());
                String reason = invalidation(i.user(), session).reason();
                if (isPublished(hub.publisher().invalidate(USERS.get(i.user()), session, reason, ""))) {
                    naive.log().publish(now, 0, USERS.get(i.user()), session, null);
                }
            }
            case Step.Subscribe s -> subscribe(s);
            case Step.Read r -> gateway(r.gateway()).read(now, r.batch());
            case Step.Park p -> gateway(p.gateway()).park(p);
            case Step.Disconnect d -> gateway(d.gateway()).disconnect(hub);
            case Step.Pause p -> runtime.advance(Duration.ofSeconds(p.seconds()));
            case Step.Maintain m -> {
                runtime.advance(MAINTENANCE);
                round();
            }
            case Step.Restart r -> restart(r.base());
            case Step.PublishElsewhere p -> publishElsewhere(p, now);
            case Step.Retry r -> retry(r, now);
            case Step.Lose l -> {
                log.loseEvents(l.events(), l.invalidations());
                naive.log().markLost(l.events(), l.invalidations());
            }
            case Step.NewLife n -> beginAnew(n, now);
            case Step.FallBehind f -> {
                log.fallBehind(f.events());
                naive.log().fallBehind(f.events());
            }
            case Step.Away a -> {
                if (a.away()) {
                    log.away();
                } else {
                    log.back();
                }
                naive.away(a.away());
            }
        }
    }

    /** Returns true if the event was published, which fails only while the log is away. */
    private boolean isPublished(Outcome outcome) {
        boolean published = outcome instanceof Outcome.Published;
        requireSame("published", List.of(String.valueOf(!naive.isAway())), List.of(String.valueOf(published)));
        return published;
    }

    private void publishElsewhere(Step.PublishElsewhere step, long now) {
        UUID user = USERS.get(step.user());
        Event event = step.kind() == null ? invalidation(step.user(), null) : event(step.user(), step.kind());
        Duration age = Duration.ofSeconds(step.secondsAgo());
        log.appendElsewhere(new StoredEvent(event, null), age);
        naive.log().publish(now, age.toNanos(), user, null, step.kind());
    }

    /** Publishes an event with a once-id until its outcome is known. The log stores it once. */
    private void retry(Step.Retry step, long now) {
        if (naive.isAway()) {
            return;
        }
        if (step.stored()) {
            log.loseNextAnswer();
        } else {
            log.loseNextAppend();
        }
        UUID onceId = new UUID(5, onceIds.incrementAndGet());
        ClientEvent event = event(step.user(), "a");
        List<Outcome> outcomes = Stream.generate(() -> hub.publisher().publish(event, onceId))
                .limit(3)
                .map(outcome -> outcome.toCompletableFuture().join())
                .toList();
        naive.log().publish(now, 0, USERS.get(step.user()), null, "a");
        Outcome published = new Outcome.Published(naive.log().cursor(naive.log().head()));
        requireSame(step, List.of(new Outcome.Unknown(), published, published), outcomes);
    }

    private void beginAnew(Step.NewLife step, long now) {
        int base = Math.max(step.base(), step.sessions().size());
        boolean bornEmpty = step.bornEmpty() && step.sessions().isEmpty();
        log.beginAnew(base, bornEmpty, () -> {
            for (int i = 0; i < step.sessions().size(); i++) {
                UUID session = session(step.sessions().get(i));
                StoredEvent kept = new StoredEvent(invalidation(0, session), null);
                hub.tail().restore(i + 1L, runtime.instant(), Duration.ZERO, kept);
            }
        });
        if (former != null) {
            former.log().evictAll();
        }
        former = naive;
        naive = life(base, bornEmpty);
        former.succeededBy(naive);
        for (int i = 0; i < step.sessions().size(); i++) {
            naive.log()
                    .restore(
                            i + 1L,
                            now,
                            USERS.getFirst(),
                            session(step.sessions().get(i)));
        }
    }

    /** Runs a step of the dispatcher, which begins with the maintenance if that is due. */
    void round() {
        long now = runtime.nanoTime();
        if (now - lastMaintenance >= MAINTENANCE.toNanos()) {
            lastMaintenance = now;
            if (naive.isAway()) { // the maintenance would drain all subscriptions, which LostLogTest covers
                run(new Step.Away(false));
            }
            naive.maintain(now);
            if (former != null) {
                former.maintain(now);
            }
            servingLives().filter(life -> life != naive && life != former).forEach(NaiveHub::detectLoss);
        }
        hub.dispatchers().members().getFirst().step();
    }

    private void subscribe(Step.Subscribe step) {
        // The limit of replacements, which has its own test, must not refuse the request.
        runtime.advance(Duration.ofMillis(100));
        ProgramGateway gateway = gateway(step.gateway());
        TestRequest request = TestRequest.of(gateway.id())
                .from(cursor(step))
                .onStale(step.onStale())
                .only(step.interest());
        request = step.earliest() ? request.earliest() : request;
        request = step.gateway() % 2 == 0 ? request.withNotices() : request;
        String expected = naive.subscribe(runtime.nanoTime(), request.asked());
        try {
            Subscription opened = hub.subscribe(request.asked());
            requireSame(step, List.of(expected), List.of(""));
            ParkedReader reader = new ParkedReader(this, runtime, step.gateway(), opened);
            long notPromised = step.earliest() ? naive.log().oldest() - 1 : 0;
            StreamAudit audit = request.asked().wantNotices()
                    ? new StreamAudit(step.interest(), naive.log(), lives, notPromised)
                    : null;
            gateway.subscribed(opened, reader, naive, audit);
        } catch (SubscriptionRefused refused) {
            requireSame(step, List.of(expected), List.of(refused.reason().name()));
        }
    }

    private String cursor(Step.Subscribe step) {
        return switch (step.cursor()) {
            case NONE -> "";
            case LAST_SEEN -> gateway(step.gateway()).lastSeen();
            case OLDER -> naive.log().cursor(Math.max(0, naive.log().head() - step.cursorAge()));
            case FUTURE -> naive.log().cursor(naive.log().head() + 1 + step.cursorAge());
            case MALFORMED -> "garbage";
        };
    }

    /** Takes the available deliveries, and checks that the naive hub has the same ones. */
    List<Delivery> poll(int gateway, Subscription subscription, int batch) {
        return gateway(gateway).poll(subscription, runtime.nanoTime(), batch);
    }

    /** Records that the gateway has got a delivery. */
    void delivered(int gateway, Delivery delivery) {
        gateway(gateway).delivered(delivery);
    }

    private void restart(int base) {
        hub.close();
        gateways.values().forEach(ProgramGateway::forget);
        log = log(base);
        hub = open();
        naive = life(base, true);
        former = null;
    }

    /** Checks that both hubs did the same. */
    static void requireSame(Object step, List<?> expected, List<?> actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(step + ": expected " + expected + ", but got " + actual);
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}

package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Payload;
import push.api.SessionInvalidation;
import push.engine.Notice.Gap;
import push.engine.Notice.Heartbeat;
import push.engine.Notice.Opened;

/** Runs the steps of a random program on a hub and on the naive one, and compares what readers get, at each step. */
final class HubProgram implements AutoCloseable {

    /** One thing that somebody does. */
    sealed interface Step {

        record Publish(int user, String kind) implements Step {}

        record Invalidate(int user, int session) implements Step {}

        /** {@code cursorAge} is how many events before or past the head, for cursors that are not the last one seen. */
        record Subscribe(
                int gateway, Cursors cursor, int cursorAge, boolean earliest, StalePolicy onStale, Interest interest)
                implements Step {}

        record Read(int gateway, int batch) implements Step {}

        /**
         * Its reader waits while those steps happen, and a courier brings it what they make, so many at once.
         *
         * @param handsBackAt at which of its deliveries the courier leaves it to the reader; at none with 0
         * @param interrupted whether the reader is interrupted then
         */
        record Lend(int gateway, int batch, int handsBackAt, boolean interrupted, List<Step> meanwhile)
                implements Step {}

        record Disconnect(int gateway) implements Step {}

        record Wait(int seconds) implements Step {}

        record Maintain() implements Step {}

        record Restart() implements Step {}
    }

    /** Which cursor a gateway comes with. */
    enum Cursors {
        NONE,
        LAST_SEEN,
        OLDER,
        FUTURE,
        MALFORMED
    }

    static final List<UUID> USERS = List.of(new UUID(1, 1), new UUID(2, 2), new UUID(3, 3));
    static final List<String> KINDS = List.of("a", "b");

    private static final Duration MAINTENANCE = Duration.ofMillis(250);
    private static final int MAX_REASON = 300;

    /** Large enough for an invalidation of a session to have the same size with some reason. */
    private static final Payload PAYLOAD = Payload.of(Map.of("x", "x".repeat(150)));

    private final NaiveHub.Limits limits;
    private final FakeRuntime runtime = new FakeRuntime();
    private final Map<Integer, Subscription> subscriptions = new HashMap<>();
    private final Map<Integer, LentReader> lent = new HashMap<>();
    private final Map<Integer, String> lastSeen = new HashMap<>();
    private final Map<Integer, StreamAudit> audits = new HashMap<>();
    private Hub hub;
    private NaiveHub naive;
    private long lastMaintenance;

    HubProgram(NaiveHub.Limits limits) {
        this.limits = limits;
        this.hub = open();
        this.naive = new NaiveHub(hub.status().epoch(), limits);
    }

    private Hub open() {
        long each = sizeOf(event(0, "a"));
        RetentionConfig retention = new RetentionConfig(
                Duration.ofNanos(limits.windowNanos()),
                2,
                each * limits.events(),
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
                "");
        lastMaintenance = runtime.nanoTime();
        return Hub.open(config, "memory", runtime, HubObserver.none());
    }

    private static ClientEvent event(int user, String kind) {
        return new ClientEvent(USERS.get(user), null, kind, PAYLOAD, "", "", "");
    }

    /** With it an invalidation has the size of a client event, so that the budget is a number of events. */
    private static String reason(int user, @Nullable UUID session) {
        int size = sizeOf(event(user, "a"));
        return Stream.iterate("", reason -> reason.length() < MAX_REASON, reason -> reason + "x")
                .filter(reason -> sizeOf(new SessionInvalidation(USERS.get(user), session, reason, "")) == size)
                .findFirst()
                .orElseThrow();
    }

    private static int sizeOf(Event event) {
        return new Entry("e", 1, Instant.EPOCH, 0, event).heapBytes();
    }

    void run(Step step) {
        long now = runtime.nanoTime();
        switch (step) {
            case Step.Publish p -> {
                hub.publisher().publish(event(p.user(), p.kind()));
                naive.publish(now, USERS.get(p.user()), null, p.kind());
            }
            case Step.Invalidate i -> {
                UUID session = session(i.session());
                hub.publisher().invalidate(USERS.get(i.user()), session, reason(i.user(), session), "");
                naive.publish(now, USERS.get(i.user()), session, null);
            }
            case Step.Subscribe s -> subscribe(s);
            case Step.Read r -> read(r.gateway(), r.batch());
            case Step.Lend l -> lend(l);
            case Step.Disconnect d -> disconnect(d.gateway());
            case Step.Wait w -> runtime.advance(Duration.ofSeconds(w.seconds()));
            case Step.Maintain m -> {
                runtime.advance(MAINTENANCE);
                round();
            }
            case Step.Restart r -> restart();
        }
    }

    /** The dispatcher's step, which begins with the maintenance when that is due. */
    void round() {
        long now = runtime.nanoTime();
        if (now - lastMaintenance >= MAINTENANCE.toNanos()) {
            lastMaintenance = now;
            naive.maintain(now);
        }
        hub.dispatchers().members().getFirst().step();
    }

    private static @Nullable UUID session(int number) {
        return number == 0 ? null : new UUID(9, number);
    }

    private void subscribe(Step.Subscribe step) {
        // One that no replacement refuses: its limit has a test of its own.
        runtime.advance(Duration.ofMillis(100));
        TestRequest request = TestRequest.of("g" + step.gateway())
                .from(cursor(step))
                .onStale(step.onStale())
                .only(step.interest());
        request = step.earliest() ? request.earliest() : request;
        request = step.gateway() % 2 == 0 ? request.withNotices() : request;
        String expected = naive.subscribe(runtime.nanoTime(), request.asked());
        try {
            Subscription opened = hub.subscribe(request.asked());
            same(step, List.of(expected), List.of(""));
            subscriptions.put(step.gateway(), opened);
            lent.put(step.gateway(), new LentReader(this, runtime, step.gateway(), opened));
            audits.remove(step.gateway());
            if (request.asked().wantNotices()) {
                audits.put(
                        step.gateway(),
                        new StreamAudit(step.interest(), naive.published(), step.earliest() ? naive.oldest() - 1 : 0));
            }
        } catch (SubscriptionRefused refused) {
            same(step, List.of(expected), List.of(refused.reason().name()));
        }
    }

    private String cursor(Step.Subscribe step) {
        return switch (step.cursor()) {
            case NONE -> "";
            case LAST_SEEN -> lastSeen.getOrDefault(step.gateway(), "");
            case OLDER -> naive.epoch() + "-" + Math.max(0, naive.head() - step.cursorAge());
            case FUTURE -> naive.epoch() + "-" + (naive.head() + 1 + step.cursorAge());
            case MALFORMED -> "garbage";
        };
    }

    private void read(int gateway, int batch) {
        Subscription subscription = subscriptions.get(gateway);
        if (subscription != null) {
            poll(gateway, subscription, batch).forEach(delivery -> written(gateway, delivery));
        }
    }

    private void lend(Step.Lend step) {
        LentReader reader = lent.get(step.gateway());
        if (reader != null) {
            reader.waitWhile(step);
        }
    }

    /** Takes what there is now, which is what the naive hub gives. */
    List<Delivery> poll(int gateway, Subscription subscription, int batch) {
        Delivery[] into = new Delivery[batch];
        int n = subscription.poll(into);
        List<Delivery> got = Arrays.asList(into).subList(0, n);
        same("polled for " + gateway, naive.poll(runtime.nanoTime(), "g" + gateway, batch), texts(got));
        return got;
    }

    /** The gateway gets that, next. */
    void written(int gateway, Delivery delivery) {
        seen(gateway, delivery);
        if (audits.containsKey(gateway)) {
            audits.get(gateway).delivered(delivery);
        }
    }

    private void seen(int gateway, Delivery delivery) {
        String cursor = switch (delivery) {
            case Entry e -> e.cursor().toString();
            case Opened o -> o.cursor().toString();
            case Heartbeat h -> h.cursor().toString();
            case Gap g -> g.cursor().toString();
            case Notice.GoAway g -> "";
        };
        if (!cursor.isEmpty()) {
            lastSeen.put(gateway, cursor);
        }
    }

    private void disconnect(int gateway) {
        lent.remove(gateway);
        Subscription subscription = subscriptions.remove(gateway);
        if (subscription != null) {
            hub.end(subscription, End.CANCELLED);
            naive.disconnect("g" + gateway);
        }
    }

    private void restart() {
        hub.close();
        subscriptions.clear();
        lent.clear();
        hub = open();
        naive = new NaiveHub(hub.status().epoch(), limits);
    }

    private static List<String> texts(List<Delivery> deliveries) {
        List<String> texts = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            texts.add(
                    switch (delivery) {
                        case Entry e -> e.sequence() + " " + e.kind();
                        case Opened o -> "Opened " + o.cursor() + " " + o.resume() + " " + o.replayed();
                        case Heartbeat h -> "Heartbeat " + h.cursor();
                        case Gap g ->
                            "Gap " + g.cursor() + " " + g.from() + " " + g.to() + " " + g.missed() + " " + g.reason()
                                    + " " + g.invalidationsMissed();
                        case Notice.GoAway g -> "GoAway " + g.reason();
                    });
        }
        return texts;
    }

    private static void same(Object step, List<String> expected, List<String> actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(step + ": expected " + expected + ", but got " + actual);
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}

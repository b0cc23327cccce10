package push.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;
import push.engine.Notice.Heartbeat;
import push.engine.Notice.Opened;

/** A gateway of a {@link HubProgram}: its subscription, what the naive hub gives it, and what it has been given. */
final class ProgramGateway {

    private final String id;
    private String lastSeen = "";
    private @Nullable Subscription subscription;
    private @Nullable LentReader reader;
    private @Nullable StreamAudit audit;
    private @Nullable NaiveHub serving;

    ProgramGateway(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** The cursor of the last delivery that had one; empty before that. */
    String lastSeen() {
        return lastSeen;
    }

    /** The life of the naive hub that serves the gateway, if it has a subscription. */
    Optional<NaiveHub> serving() {
        return Optional.ofNullable(serving);
    }

    /** The gateway has a subscription at both hubs, which replaces its former one. */
    void subscribed(Subscription opened, LentReader waiting, NaiveHub naive, @Nullable StreamAudit audited) {
        NaiveHub before = serving;
        if (before != null && before != naive) {
            before.disconnect(id);
        }
        subscription = opened;
        reader = waiting;
        serving = naive;
        audit = audited;
    }

    /** Reads once. */
    void read(long now, int batch) {
        Subscription reading = subscription;
        if (reading != null) {
            poll(reading, now, batch).forEach(this::written);
        }
    }

    /** Has its reader wait. */
    void lend(Step.Lend step) {
        LentReader waiting = reader;
        if (waiting != null) {
            waiting.waitWhile(step);
        }
    }

    /** Takes what there is now, and checks that the naive hub gives the same. */
    List<Delivery> poll(Subscription from, long now, int batch) {
        Delivery[] into = new Delivery[batch];
        int n = from.poll(into);
        List<Delivery> got = Arrays.asList(into).subList(0, n);
        NaiveHub life = Objects.requireNonNull(serving);
        HubProgram.same("polled for " + id, life.poll(now, id, batch), texts(got));
        serving = life.lifeOf(id);
        return got;
    }

    /** The gateway is given a delivery. */
    void written(Delivery delivery) {
        String cursor = cursorOf(delivery);
        if (!cursor.isEmpty()) {
            lastSeen = cursor;
        }
        if (audit != null) {
            audit.delivered(delivery);
        }
    }

    /** The gateway goes away. */
    void disconnect(Hub hub) {
        Subscription leaving = subscription;
        if (leaving != null) {
            hub.end(leaving, End.CANCELLED);
            Objects.requireNonNull(serving).disconnect(id);
        }
        forget();
    }

    /** The hub is gone, and with it the subscription. */
    void forget() {
        subscription = null;
        reader = null;
        serving = null;
        audit = null;
    }

    private static String cursorOf(Delivery delivery) {
        return switch (delivery) {
            case Entry e -> e.cursor().toString();
            case Opened o -> o.cursor().toString();
            case Heartbeat h -> h.cursor().toString();
            case Gap g -> g.cursor().toString();
            case Notice.GoAway g -> "";
        };
    }

    private static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream().map(ProgramGateway::text).toList();
    }

    /** A delivery as the naive hub tells it. */
    private static String text(Delivery delivery) {
        return switch (delivery) {
            case Entry e -> e.sequence() + " " + e.kind();
            case Opened o -> "Opened " + o.cursor() + " " + o.resume() + " " + o.replayed();
            case Heartbeat h -> "Heartbeat " + h.cursor();
            case Gap g ->
                "Gap " + g.cursor() + " " + g.from() + " " + g.to() + " " + g.missed() + " " + g.reason() + " "
                        + g.invalidationsMissed();
            case Notice.GoAway g -> "GoAway " + g.reason();
        };
    }
}

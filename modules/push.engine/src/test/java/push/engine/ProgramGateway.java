package push.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;
import push.engine.Notice.Heartbeat;
import push.engine.Notice.Opened;

/** A gateway of a {@link HubProgram}: its subscriptions at both hubs, and the audit of its deliveries. */
final class ProgramGateway {

    private final String id;
    private String lastSeen = "";
    private @Nullable Subscription subscription;
    private @Nullable ParkedReader reader;
    private @Nullable StreamAudit audit;
    private @Nullable NaiveHub serving;

    ProgramGateway(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** The cursor of the last delivery with a cursor; empty before the first one. */
    String lastSeen() {
        return lastSeen;
    }

    /** The life of the naive hub that serves the gateway; empty without a subscription. */
    Optional<NaiveHub> serving() {
        return Optional.ofNullable(serving);
    }

    /** Replaces the subscriptions of the gateway at both hubs. */
    void subscribed(Subscription opened, ParkedReader parked, NaiveHub naive, @Nullable StreamAudit audited) {
        NaiveHub before = serving;
        if (before != null && before != naive) {
            before.disconnect(id);
        }
        subscription = opened;
        reader = parked;
        serving = naive;
        audit = audited;
    }

    /** Polls once, as a reader does. */
    void read(long now, int batch) {
        Subscription reading = subscription;
        if (reading != null) {
            poll(reading, now, batch).forEach(this::delivered);
        }
    }

    /** Parks the reader. */
    void park(Step.Park step) {
        ParkedReader parked = reader;
        if (parked != null) {
            parked.park(step);
        }
    }

    /** Takes the available deliveries, and checks that the naive hub has the same ones. */
    List<Delivery> poll(Subscription from, long now, int batch) {
        Delivery[] into = new Delivery[batch];
        int n = from.poll(into);
        List<Delivery> got = Arrays.asList(into).subList(0, n);
        NaiveHub life = Objects.requireNonNull(serving);
        HubProgram.requireSame("polled for " + id, life.poll(now, id, batch), texts(got));
        serving = life.lifeOf(id);
        return got;
    }

    /** Records that the gateway has got a delivery. */
    void delivered(Delivery delivery) {
        String cursor = cursorOf(delivery);
        if (!cursor.isEmpty()) {
            lastSeen = cursor;
        }
        if (audit != null) {
            audit.delivered(delivery);
        }
    }

    /** Ends the subscription of the gateway. */
    void disconnect(Hub hub) {
        Subscription leaving = subscription;
        if (leaving != null) {
            hub.end(leaving, End.CANCELLED);
            Objects.requireNonNull(serving).disconnect(id);
        }
        forget();
    }

    /** Forgets the subscription, which has ended. */
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

    /** Returns a delivery in the words of the naive hub. */
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

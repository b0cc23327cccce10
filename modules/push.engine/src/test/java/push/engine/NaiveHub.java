package push.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the hub promises for one life of its log, in the plainest form: the log, and who reads from it. */
final class NaiveHub {

    /** What is the same for every event of a program: what it takes, and how much of it may be kept. */
    record Limits(
            int events, long windowNanos, int invalidations, long invalidationNanos, int buffer, long heartbeat) {}

    private final Limits limits;
    private final NaiveLog log;
    private final Map<String, NaiveReader> readers = new HashMap<>();
    private boolean away;
    private @Nullable NaiveHub successor;

    NaiveHub(NaiveLog log, Limits limits) {
        this.log = log;
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    NaiveLog log() {
        return log;
    }

    void away(boolean now) {
        away = now;
    }

    boolean isAway() {
        return away;
    }

    /** Returns true if the present life, which may be a later one, is away. */
    boolean isNowAway() {
        return successor == null ? away : successor.isNowAway();
    }

    /** A new life begins, in which the readers continue once they have read all of this one. */
    void succeededBy(NaiveHub next) {
        successor = next;
    }

    /** The life that follows this one; null if there is none. */
    @Nullable
    NaiveHub successor() {
        return successor;
    }

    void maintain(long now) {
        log.expire(now);
        detectLoss();
    }

    void detectLoss() {
        readers.values().forEach(NaiveReader::detectLoss);
    }

    /** Returns the reason for which the request is refused; empty if it is not refused. */
    String subscribe(long now, SubscriptionRequest request) {
        if (away) {
            return "LOG_UNAVAILABLE";
        }
        log.forgetExpired(now);
        NaiveOpening opening = NaiveOpening.decide(log, request);
        String refusal = opening.refusal(request.onStale());
        if (refusal.isEmpty()) {
            readers.put(request.gatewayClientId(), NaiveReader.open(this, request, opening, now));
        }
        return refusal;
    }

    void disconnect(String id) {
        readers.remove(id);
    }

    List<String> poll(long now, String id, int max) {
        List<String> polled = reader(id).next(now, max);
        if (!polled.isEmpty()) {
            lifeOf(id).reader(id).delivered(now);
        }
        return polled;
    }

    private NaiveReader reader(String id) {
        return Objects.requireNonNull(readers.get(id));
    }

    /** The life that serves the reader: this one or a later one. */
    NaiveHub lifeOf(String id) {
        NaiveHub next = successor;
        return readers.containsKey(id) || next == null ? this : next.lifeOf(id);
    }

    /** A reader that has taken everything of this life continues in the next one. Returns it as it is there. */
    NaiveReader moveTo(NaiveHub next, NaiveReader reader, long now) {
        readers.remove(reader.id());
        next.log.forgetExpired(now);
        NaiveReader moved = reader.in(next);
        next.readers.put(reader.id(), moved);
        return moved;
    }
}

package push.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The simplest hub that keeps all promises, for one life of its log: the log and its readers. */
final class NaiveHub {

    /**
     * The limits of a hub and its log.
     *
     * @param events the maximum number of recent events
     * @param windowNanos the time for which recent events are retained
     * @param invalidations the maximum number of retained invalidations
     * @param invalidationNanos the time for which invalidations are retained
     * @param buffer the number of events that a reader may lag; 0 for any number
     * @param heartbeat the time without a delivery before a heartbeat is due, in nanoseconds
     */
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

    /** Returns true if the log of the latest life is away. */
    boolean isLatestAway() {
        return successor == null ? away : successor.isLatestAway();
    }

    /** Sets the next life, in which the readers continue once they have read all of this one. */
    void succeededBy(NaiveHub next) {
        successor = next;
    }

    /** The next life; null if there is none. */
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

    /** Opens a subscription. Returns the reason for a refusal; empty if the request is not refused. */
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

    /** Returns the life that serves the reader: this one or a later one. */
    NaiveHub lifeOf(String id) {
        NaiveHub next = successor;
        return readers.containsKey(id) || next == null ? this : next.lifeOf(id);
    }

    /** Moves a reader that has read all of this life to the next one. Returns the reader of the next life. */
    NaiveReader moveTo(NaiveHub next, NaiveReader reader, long now) {
        readers.remove(reader.id());
        next.log.forgetExpired(now);
        NaiveReader moved = reader.continuedIn(next);
        next.readers.put(reader.id(), moved);
        return moved;
    }
}

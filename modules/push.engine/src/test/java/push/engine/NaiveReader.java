package push.engine;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One subscription of a {@link NaiveHub}. It determines the deliveries that the reader must get next, as text. */
final class NaiveReader {

    private final NaiveHub hub;
    private final NaiveLog log;
    private final SubscriptionRequest request;
    private final Interest interest;
    private final long openedAt;
    private String former;
    private String opened = "";
    private long position;
    private long reported;
    private long lost;
    private long missed;
    private long invalidationsReported;
    private String reason;
    private long lastDelivery;

    private NaiveReader(NaiveHub hub, SubscriptionRequest request, NaiveOpening opening, long lastDelivery) {
        this.hub = hub;
        this.log = hub.log();
        this.request = request;
        this.interest = request.interest();
        this.former = opening.former();
        this.position = opening.position();
        this.reported = opening.reported();
        this.lost = opening.lost();
        this.missed = opening.missed();
        this.reason = opening.reason();
        this.openedAt = Math.max(log.head(), position);
        this.lastDelivery = lastDelivery;
    }

    /** Creates the reader of a new subscription. */
    static NaiveReader open(NaiveHub hub, SubscriptionRequest request, NaiveOpening opening, long now) {
        NaiveReader reader = new NaiveReader(hub, request, opening, now);
        reader.opened = "Opened " + reader.start() + " " + opening.resume() + " " + reader.replayed();
        return reader;
    }

    /** Returns a reader that continues in a new life, and gets all that the life retains. */
    NaiveReader continuedIn(NaiveHub life) {
        NaiveOpening opening = NaiveOpening.inNewLife(life.log(), interest, log.cursor(position));
        return new NaiveReader(life, request, opening, lastDelivery);
    }

    String id() {
        return request.gatewayClientId();
    }

    /** Records the time of a delivery. */
    void delivered(long now) {
        lastDelivery = now;
    }

    private String start() {
        return former.isEmpty() ? log.cursor(position) : former;
    }

    private long replayed() {
        return keptBetween(position, lost).count()
                + log.between(lost, log.head())
                        .filter(e -> !e.isLost() && e.isFor(interest))
                        .count();
    }

    private Stream<NaiveEvent> keptBetween(long from, long to) {
        return log.keptBetween(from, to).filter(e -> e.isFor(interest));
    }

    void detectLoss() {
        lost = Math.max(lost, position);
        reported = Math.max(reported, position);
        while (log.isHole(lost + 1) || floor() > lost) {
            if (position == lost && skipUnwanted()) {
                continue;
            }
            if (!log.isHole(lost + 1)) {
                missed += log.clientEvents(lost, floor(), interest);
                lost = floor();
                return;
            }
            long end = lost + 1;
            while (log.isHole(end + 1)) {
                end++;
            }
            missed += log.clientEvents(lost, end, interest);
            reason = lost > reported ? reason : "EVICTED";
            lost = end;
        }
    }

    private long floor() {
        long floor = Math.max(lost, log.oldest() - 1);
        int buffer = hub.limits().buffer();
        return buffer > 0 && floor >= openedAt ? Math.max(floor, log.head() - buffer) : floor;
    }

    /** Skips events outside the interest, which do not count as lag. Returns true if an event was skipped. */
    private boolean skipUnwanted() {
        long from = position;
        while (position + 1 >= log.oldest()
                && position < log.head()
                && !log.event(position + 1).isLost()
                && !log.event(position + 1).isFor(interest)) {
            position++;
        }
        lost = position;
        reported = Math.max(reported, position);
        return position > from;
    }

    /** Returns the next deliveries of the reader: a notice, or at most {@code max} events. */
    List<String> next(long now, int max) {
        if (request.wantNotices() && !opened.isEmpty()) {
            String text = opened;
            opened = "";
            return List.of(text);
        }
        while (true) {
            detectLoss();
            String gap = gap();
            if (request.wantNotices() && !gap.isEmpty()) {
                return List.of(gap);
            }
            NaiveHub following = hub.successor();
            if (gap.isEmpty() && following != null && hasReadAll()) {
                return hub.moveTo(following, this, now).next(now, max);
            }
            List<String> events = events(max);
            if (events == null) {
                continue; // a loss must be reported first
            }
            if (events.isEmpty()
                    && request.wantNotices()
                    && now - lastDelivery >= hub.limits().heartbeat()
                    && !hub.isLatestAway()) {
                return List.of("Heartbeat " + log.cursor(position));
            }
            return events;
        }
    }

    private boolean hasReadAll() {
        return former.isEmpty() && position == lost && position >= log.head();
    }

    private String gap() {
        boolean inGap = position < reported;
        if (inGap ? invalidationsReported >= reported : position == lost && former.isEmpty()) {
            return "";
        }
        long end = inGap ? reported : lost;
        boolean invalidationsMissed = !former.isEmpty() || log.hasLostInvalidations(position, end, interest);
        String text = " " + start() + " " + log.cursor(end) + " " + (inGap ? 0 : missed) + " "
                + (inGap ? "SLOW_CONSUMER" : reason) + " " + invalidationsMissed;
        boolean needsReport = invalidationsMissed || (!inGap && missed > 0);
        if (invalidationsMissed) {
            invalidationsReported = end;
        }
        if (!inGap) {
            reported = lost;
            missed = 0;
            reason = "SLOW_CONSUMER";
            former = "";
            if (keptBetween(position, lost).findAny().isEmpty()) {
                position = lost;
            }
        }
        return needsReport ? "Gap " + log.cursor(position) + text : "";
    }

    private @Nullable List<String> events(int max) {
        if (position < reported) {
            List<NaiveEvent> batch = keptBetween(position, reported).limit(max).toList();
            position = batch.size() == max && retainsMore(batch.getLast().sequence())
                    ? batch.getLast().sequence()
                    : reported;
            if (!batch.isEmpty()) {
                return texts(batch);
            }
            if (position < lost) {
                return null;
            }
        }
        long end = Math.max(position, beforeHole());
        List<NaiveEvent> batch = log.between(position, end)
                .filter(e -> e.isFor(interest))
                .limit(max)
                .toList();
        position = batch.size() == max ? batch.getLast().sequence() : end;
        boolean gapFirst = end < log.head() || (hub.successor() != null && former.isEmpty());
        return batch.isEmpty() && gapFirst ? null : texts(batch);
    }

    private long beforeHole() {
        return log.between(position, log.head())
                .filter(NaiveEvent::isLost)
                .mapToLong(e -> e.sequence() - 1)
                .findFirst()
                .orElse(log.head());
    }

    /** Returns true if the log retains another invalidation of the gap, for any user. */
    private boolean retainsMore(long after) {
        return log.keptBetween(after, reported).findAny().isPresent();
    }

    private static List<String> texts(List<NaiveEvent> events) {
        return events.stream().map(NaiveEvent::text).toList();
    }
}

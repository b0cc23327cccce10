package push.engine;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One subscription of a {@link NaiveHub}: what its reader must get next. Deliveries are told as text. */
final class NaiveReader {

    private final NaiveHub hub;
    private final NaiveLog log;
    private final SubscriptionRequest request;
    private final Interest interest;
    private final long openedAt;
    private String former;
    private String opened = "";
    private long position;
    private long told;
    private long lost;
    private long missed;
    private long invalidationsTold;
    private String why;
    private long lastDelivery;

    private NaiveReader(NaiveHub hub, SubscriptionRequest request, NaiveOpening opening, long lastDelivery) {
        this.hub = hub;
        this.log = hub.log();
        this.request = request;
        this.interest = request.interest();
        this.former = opening.former();
        this.position = opening.position();
        this.told = opening.told();
        this.lost = opening.lost();
        this.missed = opening.missed();
        this.why = opening.why();
        this.openedAt = Math.max(log.head(), position);
        this.lastDelivery = lastDelivery;
    }

    /** Creates the reader of a new subscription. */
    static NaiveReader open(NaiveHub hub, SubscriptionRequest request, NaiveOpening opening, long now) {
        NaiveReader reader = new NaiveReader(hub, request, opening, now);
        reader.opened = "Opened " + reader.start() + " " + opening.resume() + " " + reader.replayed();
        return reader;
    }

    /** Returns a reader that continues in a new life, with all that is retained in it. */
    NaiveReader in(NaiveHub life) {
        NaiveOpening opening = NaiveOpening.inNewLife(life.log(), interest, log.cursor(position));
        return new NaiveReader(life, request, opening, lastDelivery);
    }

    String id() {
        return request.gatewayClientId();
    }

    /** The reader was given something. */
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
        told = Math.max(told, position);
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
            why = lost > told ? why : "EVICTED";
            lost = end;
        }
    }

    private long floor() {
        long floor = Math.max(lost, log.oldest() - 1);
        int buffer = hub.limits().buffer();
        return buffer > 0 && floor >= openedAt ? Math.max(floor, log.head() - buffer) : floor;
    }

    /** A reader does not lag behind what is not for it. Returns true if it has skipped something. */
    private boolean skipUnwanted() {
        long from = position;
        while (position + 1 >= log.oldest()
                && position < log.head()
                && !log.event(position + 1).isLost()
                && !log.event(position + 1).isFor(interest)) {
            position++;
        }
        lost = position;
        told = Math.max(told, position);
        return position > from;
    }

    /** Returns what the reader gets now, {@code max} events at most. */
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
                continue; // something is lost that must be told first
            }
            if (events.isEmpty()
                    && request.wantNotices()
                    && now - lastDelivery >= hub.limits().heartbeat()
                    && !hub.isNowAway()) {
                return List.of("Heartbeat " + log.cursor(position));
            }
            return events;
        }
    }

    private boolean hasReadAll() {
        return former.isEmpty() && position == lost && position >= log.head();
    }

    private String gap() {
        boolean inGap = position < told;
        if (inGap ? invalidationsTold >= told : position == lost && former.isEmpty()) {
            return "";
        }
        long end = inGap ? told : lost;
        boolean invalidationsMissed = !former.isEmpty() || log.hasLostInvalidations(position, end, interest);
        String text = " " + start() + " " + log.cursor(end) + " " + (inGap ? 0 : missed) + " "
                + (inGap ? "SLOW_CONSUMER" : why) + " " + invalidationsMissed;
        boolean tells = invalidationsMissed || (!inGap && missed > 0);
        if (invalidationsMissed) {
            invalidationsTold = end;
        }
        if (!inGap) {
            told = lost;
            missed = 0;
            why = "SLOW_CONSUMER";
            former = "";
            if (keptBetween(position, lost).findAny().isEmpty()) {
                position = lost;
            }
        }
        return tells ? "Gap " + log.cursor(position) + text : "";
    }

    private @Nullable List<String> events(int max) {
        if (position < told) {
            List<NaiveEvent> batch = keptBetween(position, told).limit(max).toList();
            position = batch.size() == max && keepsMore(batch.getLast().sequence())
                    ? batch.getLast().sequence()
                    : told;
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

    /** Returns true if the gap has another event to look at, for any reader. */
    private boolean keepsMore(long after) {
        return log.keptBetween(after, told).findAny().isPresent();
    }

    private static List<String> texts(List<NaiveEvent> events) {
        return events.stream().map(NaiveEvent::text).toList();
    }
}

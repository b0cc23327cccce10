package push.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the hub promises for one life of its log, in the plainest form: it keeps everything that was ever published in a
 * list, and looks through all of it for each question. Deliveries are told as text.
 */
final class NaiveHub {

    /** What is the same for every event of a program: what it takes, and how much of it may be kept. */
    record Limits(
            int events, long windowNanos, int invalidations, long invalidationNanos, int buffer, long heartbeat) {}

    /** What a hub knows of an event. */
    enum Known {
        /** Everything: the hub received the event from the log. */
        RECEIVED,
        /** An invalidation from before the first event that the hub received. */
        RESTORED,
        /** Nothing, but that it was no invalidation that is still in force. */
        LOST,
        /** Nothing. */
        LOST_ENTIRELY
    }

    record Published(
            long sequence,
            long at,
            UUID user,
            @Nullable UUID session,
            @Nullable String kind,
            Known known) {

        boolean isLost() {
            return known == Known.LOST || known == Known.LOST_ENTIRELY;
        }

        boolean isInvalidation() {
            return kind == null;
        }

        boolean isFor(Interest interest) {
            return isLost()
                    || ((interest.users().isEmpty() || interest.users().contains(user))
                            && (interest.shardCount() == 0
                                    || Shards.hash(user) % interest.shardCount() == interest.shard())
                            && (isInvalidation()
                                    || interest.kinds().isEmpty()
                                    || interest.kinds().contains(kind)));
        }
    }

    private final String epoch;
    private final Limits limits;
    private final List<Published> all = new ArrayList<>();
    private final TreeMap<Long, Published> kept = new TreeMap<>(); // invalidations, by sequence
    private final Map<String, NaiveReader> readers = new HashMap<>();
    private final long origin;
    private long oldest;
    private long evictedThrough;
    private long keptLostThrough;
    private long toldElsewhere;
    private boolean away;
    private @Nullable NaiveHub successor;

    /** @param bornEmpty false if the events up to the base existed, and are lost */
    NaiveHub(String epoch, long base, boolean bornEmpty, Limits limits) {
        this.epoch = epoch;
        this.limits = limits;
        this.origin = bornEmpty ? base : 0;
        while (head() < base) {
            all.add(lost(Known.LOST));
        }
        this.oldest = base + 1;
    }

    private Published lost(Known known) {
        return new Published(head() + 1, 0, new UUID(0, 1), null, "lost", known);
    }

    String epoch() {
        return epoch;
    }

    /** Everything that was ever published: a live view. */
    List<Published> published() {
        return Collections.unmodifiableList(all);
    }

    long oldest() {
        return oldest;
    }

    long head() {
        return origin + all.size();
    }

    /** An invalidation from before the first event is still retained. In the order of the sequences. */
    void restore(long sequence, long at, UUID user, @Nullable UUID session) {
        Published restored = new Published(sequence, at, user, session, null, Known.RESTORED);
        all.set((int) (sequence - origin) - 1, restored);
        keep(restored);
    }

    /** The next events are lost. */
    void lose(int events, boolean invalidations) {
        boolean empty = oldest > head();
        for (int n = 0; n < events; n++) {
            all.add(lost(invalidations ? Known.LOST_ENTIRELY : Known.LOST));
        }
        if (empty) {
            evictedThrough = head();
            oldest = head() + 1;
        }
        toldElsewhere = Math.max(toldElsewhere, head());
    }

    /** Another hub has told its publishers of this many more events. */
    void fallBehind(int events) {
        toldElsewhere = Math.max(toldElsewhere, head() + events);
    }

    void away(boolean now) {
        away = now;
    }

    boolean isAway() {
        return away;
    }

    /** A new life begins, in which the readers continue once they have read all of this one. */
    void succeededBy(NaiveHub next) {
        successor = next;
    }

    /** Nothing of this life can be read any more. */
    void evictAll() {
        evictedThrough = head();
        oldest = head() + 1;
    }

    /** @param age how long ago it was published, in nanoseconds */
    void publish(long now, long age, UUID user, @Nullable UUID session, @Nullable String kind) {
        Published event = new Published(head() + 1, now - age, user, session, kind, Known.RECEIVED);
        forgetExpired(now);
        while (received(oldest, head()) >= limits.events()) {
            evictedThrough = oldest++;
        }
        all.add(event);
        toldElsewhere = Math.max(toldElsewhere, head());
        if (event.isInvalidation()) {
            keep(event);
        }
    }

    private long received(long from, long to) {
        return between(from - 1, to).filter(e -> e.known() == Known.RECEIVED).count();
    }

    private void keep(Published event) {
        kept.values().removeIf(k -> k.user().equals(event.user()) && Objects.equals(k.session(), event.session()));
        kept.put(event.sequence(), event);
        if (kept.size() > limits.invalidations()) {
            keptLostThrough = kept.pollFirstEntry().getKey();
        }
    }

    private void forgetExpired(long now) {
        while (oldest <= head()
                && (event(oldest).isLost() || now - event(oldest).at() >= limits.windowNanos())) {
            if (event(oldest).isLost()) {
                evictedThrough = oldest;
            }
            oldest++;
        }
    }

    void maintain(long now) {
        forgetExpired(now);
        while (!kept.isEmpty() && now - kept.firstEntry().getValue().at() >= limits.invalidationNanos()) {
            keptLostThrough = kept.pollFirstEntry().getKey();
        }
        detectLoss();
    }

    void detectLoss() {
        readers.values().forEach(NaiveReader::detectLoss);
    }

    private Published event(long sequence) {
        return all.get((int) (sequence - origin) - 1);
    }

    private Stream<Published> between(long from, long to) {
        return all.stream().filter(e -> from < e.sequence() && e.sequence() <= to);
    }

    private boolean invalidationsLost(long from, long to, Interest interest) {
        if (between(from, to).anyMatch(e -> e.known() == Known.LOST_ENTIRELY)) {
            return true;
        }
        List<Published> before = between(from, Math.min(to, keptLostThrough)).toList();
        // Whom an event was for is known only if the hub received it.
        return before.stream().anyMatch(Published::isInvalidation)
                && (isAll(interest)
                        || before.stream()
                                .anyMatch(
                                        e -> e.known() != Known.RECEIVED || (e.isInvalidation() && e.isFor(interest))));
    }

    private static boolean isAll(Interest interest) {
        return interest.users().isEmpty() && interest.kinds().isEmpty() && interest.shardCount() <= 1;
    }

    private long clientEvents(long from, long to, Interest interest) {
        return between(from, to)
                .filter(e -> !e.isInvalidation() && e.isFor(interest))
                .count();
    }

    /** Says how the request was refused; empty when it was not. */
    String subscribe(long now, SubscriptionRequest request) {
        if (away) {
            return "LOG_UNAVAILABLE";
        }
        forgetExpired(now);
        NaiveReader reader = new NaiveReader(request, now);
        String refused = reader.open();
        if (refused.isEmpty()) {
            readers.put(request.gatewayClientId(), reader);
        }
        return refused;
    }

    void disconnect(String id) {
        readers.remove(id);
    }

    /** Whether this life, and not a later one, serves the reader. */
    boolean has(String id) {
        return readers.containsKey(id);
    }

    List<String> poll(long now, String id, int max) {
        List<String> polled = Objects.requireNonNull(readers.get(id)).next(now, max);
        if (!polled.isEmpty()) {
            Objects.requireNonNull(lifeOf(id).readers.get(id)).lastDelivery = now;
        }
        return polled;
    }

    /** The life that serves the reader: this one or a later one. */
    NaiveHub lifeOf(String id) {
        NaiveHub next = successor;
        return has(id) || next == null ? this : next.lifeOf(id);
    }

    private NaiveReader take(NaiveReader reader, String cursor, long now) {
        NaiveReader moved = new NaiveReader(reader, cursor, now);
        readers.put(reader.request.gatewayClientId(), moved);
        return moved;
    }

    private boolean isNowAway() {
        return successor == null ? away : successor.isNowAway();
    }

    /** One subscription. */
    private final class NaiveReader {

        private final SubscriptionRequest request;
        private final Interest interest;
        private String former = "";
        private String opened = "";
        private long openedAt;
        private long position;
        private long told;
        private long lost;
        private long missed;
        private long invalidationsTold;
        private String why = "SLOW_CONSUMER";
        private long lastDelivery;

        NaiveReader(SubscriptionRequest request, long now) {
            this.request = request;
            this.interest = request.interest();
            this.lastDelivery = now;
        }

        /** Continues in this life with all that is retained. */
        private NaiveReader(NaiveReader former, String cursor, long now) {
            this(former.request, now);
            lastDelivery = former.lastDelivery;
            forgetExpired(now);
            this.former = cursor;
            openedAt = head();
            lost = oldest - 1;
            missed = clientEvents(0, lost, interest);
            why = "EPOCH_CHANGED";
        }

        String open() {
            Resume resume = understand();
            boolean fails = request.onStale() == StalePolicy.FAIL;
            if (fails && resume == Resume.MALFORMED) {
                return "MALFORMED_CURSOR";
            }
            if (fails && resume != Resume.FRESH && resume != Resume.RESUMED) {
                return "CURSOR_OUT_OF_RANGE";
            }
            place(resume);
            openedAt = Math.max(head(), position);
            opened = "Opened " + (former.isEmpty() ? cursor(position) : former) + " " + resume + " " + replayed();
            return "";
        }

        private Resume understand() {
            if (earliest() || request.cursor().isEmpty()) {
                return Resume.FRESH;
            }
            if (!request.cursor().contains("-")) {
                return Resume.MALFORMED;
            }
            if (!request.cursor().startsWith(epoch + "-")) {
                return Resume.OTHER_EPOCH;
            }
            long cursor = Long.parseLong(request.cursor().substring(epoch.length() + 1));
            if (cursor > head()) {
                return cursor > toldElsewhere ? Resume.FUTURE : Resume.RESUMED;
            }
            boolean lostSome =
                    clientEvents(cursor, oldest - 1, interest) > 0 || invalidationsLost(cursor, oldest - 1, interest);
            return lostSome ? Resume.STALE : Resume.RESUMED;
        }

        private boolean earliest() {
            return request.start() == SubscriptionRequest.Start.EARLIEST;
        }

        private void place(Resume resume) {
            position = head();
            if (earliest()) {
                position = Math.min(kept.isEmpty() ? oldest : kept.firstKey(), oldest) - 1;
            } else if (resume == Resume.RESUMED || resume == Resume.STALE) {
                position = Long.parseLong(request.cursor().substring(epoch.length() + 1));
            } else if (resume == Resume.OTHER_EPOCH) {
                position = 0;
                former = request.cursor();
            }
            lost = Math.max(position, oldest - 1);
            told = lost;
            if (resume == Resume.STALE || resume == Resume.OTHER_EPOCH) {
                told = position;
                lost = request.onStale() == StalePolicy.OLDEST_RETAINED ? oldest - 1 : head();
                missed = clientEvents(position, lost, interest);
                String gone = evictedThrough > position ? "EVICTED" : "EXPIRED";
                why = resume == Resume.STALE ? gone : "EPOCH_CHANGED";
            }
        }

        private long replayed() {
            return keptBetween(position, lost).count()
                    + between(lost, head())
                            .filter(e -> !e.isLost() && e.isFor(interest))
                            .count();
        }

        private Stream<Published> keptBetween(long from, long to) {
            return between(from, to).filter(e -> kept.containsKey(e.sequence()) && e.isFor(interest));
        }

        void detectLoss() {
            lost = Math.max(lost, position);
            told = Math.max(told, position);
            while (isHole(lost + 1) || floor() > lost) {
                if (position == lost && skipUnwanted()) {
                    continue;
                }
                if (!isHole(lost + 1)) {
                    missed += clientEvents(lost, floor(), interest);
                    lost = floor();
                    return;
                }
                long end = lost + 1;
                while (isHole(end + 1)) {
                    end++;
                }
                missed += clientEvents(lost, end, interest);
                why = lost > told ? why : "EVICTED";
                lost = end;
            }
        }

        private long floor() {
            long floor = Math.max(lost, oldest - 1);
            return limits.buffer() > 0 && floor >= openedAt ? Math.max(floor, head() - limits.buffer()) : floor;
        }

        /** A reader does not lag behind what is not for it. Says whether it has skipped something. */
        private boolean skipUnwanted() {
            long from = position;
            while (position + 1 >= oldest
                    && position < head()
                    && !event(position + 1).isLost()
                    && !event(position + 1).isFor(interest)) {
                position++;
            }
            lost = position;
            told = Math.max(told, position);
            return position > from;
        }

        private boolean isHole(long sequence) {
            return sequence > origin && sequence <= head() && event(sequence).isLost();
        }

        private List<String> next(long now, int max) {
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
                NaiveHub next = successor;
                if (gap.isEmpty() && next != null && hasReadAll()) {
                    readers.remove(request.gatewayClientId());
                    return next.take(this, cursor(position), now).next(now, max);
                }
                List<String> events = events(max);
                if (events == null) {
                    continue; // something is lost that must be told first
                }
                if (events.isEmpty()
                        && request.wantNotices()
                        && now - lastDelivery >= limits.heartbeat()
                        && !isNowAway()) {
                    return List.of("Heartbeat " + cursor(position));
                }
                return events;
            }
        }

        private boolean hasReadAll() {
            return former.isEmpty() && position == lost && position >= head();
        }

        private String gap() {
            boolean inGap = position < told;
            if (inGap ? invalidationsTold >= told : position == lost && former.isEmpty()) {
                return "";
            }
            long end = inGap ? told : lost;
            boolean invalidationsMissed = !former.isEmpty() || invalidationsLost(position, end, interest);
            String from = former.isEmpty() ? cursor(position) : former;
            String text = " " + from + " " + cursor(end) + " " + (inGap ? 0 : missed) + " "
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
            return tells ? "Gap " + cursor(position) + text : "";
        }

        private @Nullable List<String> events(int max) {
            if (position < told) {
                List<Published> batch = keptBetween(position, told).limit(max).toList();
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
            List<Published> batch = between(position, end)
                    .filter(e -> e.isFor(interest))
                    .limit(max)
                    .toList();
            position = batch.size() == max ? batch.getLast().sequence() : end;
            boolean gapFirst = end < head() || (successor != null && former.isEmpty());
            return batch.isEmpty() && gapFirst ? null : texts(batch);
        }

        private long beforeHole() {
            return between(position, head())
                    .filter(Published::isLost)
                    .mapToLong(e -> e.sequence() - 1)
                    .findFirst()
                    .orElse(head());
        }

        /** Whether there is another to be looked at within the gap, for whomever it is. */
        private boolean keepsMore(long after) {
            return between(after, told).anyMatch(e -> kept.containsKey(e.sequence()));
        }

        private static List<String> texts(List<Published> events) {
            return events.stream().map(e -> e.sequence() + " " + e.kind()).toList();
        }

        private String cursor(long sequence) {
            return epoch + "-" + sequence;
        }
    }
}

package push.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the hub promises, in the plainest form: it keeps everything that was ever published in a list, and
 * looks through all of it for each question. Deliveries are told as text.
 */
final class NaiveHub {

    /** What is the same for every event of a program: what it takes, and how much of it may be kept. */
    record Limits(
            int events, long windowNanos, int invalidations, long invalidationNanos, int buffer, long heartbeat) {}

    record Published(
            long sequence,
            long at,
            UUID user,
            @Nullable UUID session,
            @Nullable String kind) {
        boolean isInvalidation() {
            return kind == null;
        }

        boolean isFor(Interest interest) {
            return (interest.users().isEmpty() || interest.users().contains(user))
                    && (interest.shardCount() == 0 || Shards.hash(user) % interest.shardCount() == interest.shard())
                    && (isInvalidation()
                            || interest.kinds().isEmpty()
                            || interest.kinds().contains(kind));
        }
    }

    private final String epoch;
    private final Limits limits;
    private final List<Published> all = new ArrayList<>();
    private final TreeMap<Long, Published> kept = new TreeMap<>(); // invalidations, by sequence
    private final Map<String, NaiveReader> readers = new HashMap<>();
    private long oldest = 1;
    private long evictedThrough;
    private long keptLostThrough;

    NaiveHub(String epoch, Limits limits) {
        this.epoch = epoch;
        this.limits = limits;
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
        return all.size();
    }

    void publish(long now, UUID user, @Nullable UUID session, @Nullable String kind) {
        Published event = new Published(head() + 1, now, user, session, kind);
        forgetExpired(now);
        all.add(event);
        if (head() - oldest + 1 > limits.events()) {
            evictedThrough = oldest++;
        }
        if (event.isInvalidation()) {
            kept.values().removeIf(k -> k.user().equals(user) && Objects.equals(k.session(), session));
            kept.put(event.sequence(), event);
            if (kept.size() > limits.invalidations()) {
                keptLostThrough = kept.pollFirstEntry().getKey();
            }
        }
    }

    private void forgetExpired(long now) {
        while (oldest <= head() && now - event(oldest).at() >= limits.windowNanos()) {
            oldest++;
        }
    }

    void maintain(long now) {
        forgetExpired(now);
        while (!kept.isEmpty() && now - kept.firstEntry().getValue().at() >= limits.invalidationNanos()) {
            keptLostThrough = kept.pollFirstEntry().getKey();
        }
        readers.values().forEach(NaiveReader::lose);
    }

    private Published event(long sequence) {
        return all.get((int) sequence - 1);
    }

    private Stream<Published> between(long from, long to) {
        return all.stream().filter(e -> from < e.sequence() && e.sequence() <= to);
    }

    private boolean invalidationsLost(long from, long to, Interest interest) {
        return between(from, Math.min(to, keptLostThrough)).anyMatch(e -> e.isInvalidation() && e.isFor(interest));
    }

    private long clientEvents(long from, long to, Interest interest) {
        return between(from, to)
                .filter(e -> !e.isInvalidation() && e.isFor(interest))
                .count();
    }

    /** Says how the request was refused; empty when it was not. */
    String subscribe(long now, SubscriptionRequest request) {
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

    boolean has(String id) {
        return readers.containsKey(id);
    }

    List<String> poll(long now, String id, int max) {
        return Objects.requireNonNull(readers.get(id)).poll(now, max);
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

        String open() {
            Resume resume = understand();
            boolean fails = request.onStale() == StalePolicy.FAIL;
            if (fails && resume == Resume.MALFORMED) {
                return "MALFORMED_CURSOR";
            }
            if (fails && resume != Resume.FRESH && resume != Resume.RESUMED) {
                return "CURSOR_OUT_OF_RANGE";
            }
            openedAt = head();
            place(resume);
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
                return Resume.FUTURE;
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
                    + between(lost, head()).filter(e -> e.isFor(interest)).count();
        }

        private Stream<Published> keptBetween(long from, long to) {
            return between(from, to).filter(e -> kept.containsKey(e.sequence()) && e.isFor(interest));
        }

        void lose() {
            lost = Math.max(lost, position);
            long floor = Math.max(lost, oldest - 1);
            if (limits.buffer() > 0 && floor >= openedAt) {
                floor = Math.max(floor, head() - limits.buffer());
            }
            missed += clientEvents(lost, floor, interest);
            lost = floor;
        }

        List<String> poll(long now, int max) {
            List<String> deliveries = next(now, max);
            if (!deliveries.isEmpty()) {
                lastDelivery = now;
            }
            return deliveries;
        }

        private List<String> next(long now, int max) {
            if (request.wantNotices() && !opened.isEmpty()) {
                String text = opened;
                opened = "";
                return List.of(text);
            }
            lose();
            String gap = gap();
            if (request.wantNotices() && !gap.isEmpty()) {
                return List.of(gap);
            }
            List<String> events = events(max);
            if (events.isEmpty() && request.wantNotices() && now - lastDelivery >= limits.heartbeat()) {
                return List.of("Heartbeat " + cursor(position));
            }
            return events;
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

        private List<String> events(int max) {
            if (position < told) {
                List<Published> batch = keptBetween(position, told).limit(max).toList();
                position = batch.size() == max && keepsMore(batch.getLast().sequence())
                        ? batch.getLast().sequence()
                        : told;
                if (!batch.isEmpty()) {
                    return texts(batch);
                }
                if (position < lost) {
                    String gap = gap(); // more was lost meanwhile
                    return request.wantNotices() && !gap.isEmpty() ? List.of(gap) : events(max);
                }
            }
            Predicate<Published> wanted = e -> e.isFor(interest);
            List<Published> batch =
                    between(position, head()).filter(wanted).limit(max).toList();
            position = batch.size() == max ? batch.getLast().sequence() : head();
            return texts(batch);
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

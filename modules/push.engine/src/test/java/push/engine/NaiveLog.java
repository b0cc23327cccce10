package push.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import push.engine.NaiveEvent.Known;

/**
 * The simplest form of the events that a hub retains of one life of its log: a list of everything that was ever
 * published. Each query searches the complete list.
 */
final class NaiveLog {

    private final String epoch;
    private final NaiveHub.Limits limits;
    private final List<NaiveEvent> all = new ArrayList<>();
    private final TreeMap<Long, NaiveEvent> kept = new TreeMap<>(); // invalidations, by sequence
    private final long origin;
    private long oldest;
    private long evictedThrough;
    private long keptLostThrough;
    private long acknowledged;

    /** @param bornEmpty false if there were events up to the base, which are lost */
    NaiveLog(String epoch, long base, boolean bornEmpty, NaiveHub.Limits limits) {
        this.epoch = epoch;
        this.limits = limits;
        this.origin = bornEmpty ? base : 0;
        while (head() < base) {
            all.add(lost(Known.LOST));
        }
        this.oldest = base + 1;
    }

    private NaiveEvent lost(Known known) {
        return new NaiveEvent(head() + 1, 0, new UUID(0, 1), null, "lost", known);
    }

    String epoch() {
        return epoch;
    }

    String cursor(long sequence) {
        return epoch + "-" + sequence;
    }

    /** A live view of everything that was ever published. */
    List<NaiveEvent> published() {
        return Collections.unmodifiableList(all);
    }

    /** The first sequence of the recent events. */
    long oldest() {
        return oldest;
    }

    long head() {
        return origin + all.size();
    }

    /** The last sequence that any hub with this log has acknowledged to a publisher. */
    long acknowledgedAnywhere() {
        return Math.max(acknowledged, head());
    }

    /** The position before the first retained event. */
    long beforeRetained() {
        return Math.min(kept.isEmpty() ? oldest : kept.firstKey(), oldest) - 1;
    }

    /** Returns true if events after this position were evicted before they expired. */
    boolean hasEvictedAfter(long position) {
        return evictedThrough > position;
    }

    /** Restores a retained invalidation from before the first event. Calls must follow the order of the sequences. */
    void restore(long sequence, long at, UUID user, @Nullable UUID session) {
        NaiveEvent restored = new NaiveEvent(sequence, at, user, session, null, Known.RESTORED);
        all.set((int) (sequence - origin) - 1, restored);
        keep(restored);
    }

    /** Loses the next events. */
    void markLost(int events, boolean invalidations) {
        boolean empty = oldest > head();
        for (int n = 0; n < events; n++) {
            all.add(lost(invalidations ? Known.LOST_ENTIRELY : Known.LOST));
        }
        if (empty) {
            evictAll();
        }
        acknowledged = Math.max(acknowledged, head());
    }

    /** Another hub acknowledges this many more events to its publishers. */
    void fallBehind(int events) {
        acknowledged = Math.max(acknowledged, head() + events);
    }

    /** Evicts all recent events of this life. */
    void evictAll() {
        evictedThrough = head();
        oldest = head() + 1;
    }

    /** @param age the time since the event was published, in nanoseconds */
    void publish(long now, long age, UUID user, @Nullable UUID session, @Nullable String kind) {
        NaiveEvent event = new NaiveEvent(head() + 1, now - age, user, session, kind, Known.RECEIVED);
        forgetExpired(now);
        while (received(oldest, head()) >= limits.events()) {
            evictedThrough = oldest++;
        }
        all.add(event);
        acknowledged = Math.max(acknowledged, head());
        if (event.isInvalidation()) {
            keep(event);
        }
    }

    private long received(long from, long to) {
        return between(from - 1, to).filter(e -> e.known() == Known.RECEIVED).count();
    }

    private void keep(NaiveEvent event) {
        kept.values().removeIf(k -> k.user().equals(event.user()) && Objects.equals(k.session(), event.session()));
        kept.put(event.sequence(), event);
        if (kept.size() > limits.invalidations()) {
            keptLostThrough = kept.pollFirstEntry().getKey();
        }
    }

    /** Forgets the recent events that have expired. */
    void forgetExpired(long now) {
        while (oldest <= head()
                && (event(oldest).isLost() || now - event(oldest).at() >= limits.windowNanos())) {
            if (event(oldest).isLost()) {
                evictedThrough = oldest;
            }
            oldest++;
        }
    }

    /** Forgets everything that has expired. */
    void expire(long now) {
        forgetExpired(now);
        while (!kept.isEmpty() && now - kept.firstEntry().getValue().at() >= limits.invalidationNanos()) {
            keptLostThrough = kept.pollFirstEntry().getKey();
        }
    }

    NaiveEvent event(long sequence) {
        return all.get((int) (sequence - origin) - 1);
    }

    boolean isHole(long sequence) {
        return sequence > origin && sequence <= head() && event(sequence).isLost();
    }

    /** The events after {@code from}, up to {@code to}, whether they are retained or not. */
    Stream<NaiveEvent> between(long from, long to) {
        return all.stream().filter(e -> from < e.sequence() && e.sequence() <= to);
    }

    /** The retained invalidations after {@code from}, up to {@code to}. */
    Stream<NaiveEvent> keptBetween(long from, long to) {
        return between(from, to).filter(e -> kept.containsKey(e.sequence()));
    }

    long clientEvents(long from, long to, Interest interest) {
        return between(from, to)
                .filter(e -> !e.isInvalidation() && e.isFor(interest))
                .count();
    }

    /** Returns true if, as far as a hub knows, an invalidation for the interest may be missing in the range. */
    boolean hasLostInvalidations(long from, long to, Interest interest) {
        if (between(from, to).anyMatch(e -> e.known() == Known.LOST_ENTIRELY)) {
            return true;
        }
        List<NaiveEvent> before = between(from, Math.min(to, keptLostThrough)).toList();
        // The hub knows the user of an event only if it received the event.
        return before.stream().anyMatch(NaiveEvent::isInvalidation)
                && (isAll(interest)
                        || before.stream()
                                .anyMatch(
                                        e -> e.known() != Known.RECEIVED || (e.isInvalidation() && e.isFor(interest))));
    }

    private static boolean isAll(Interest interest) {
        return interest.users().isEmpty() && interest.kinds().isEmpty() && interest.shardCount() <= 1;
    }
}

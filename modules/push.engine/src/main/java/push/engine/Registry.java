package push.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The live subscriptions, one for each gateway id, and how often each id was taken over recently.
 *
 * <p>{@link #find}, {@link #remove}, {@link #size}, {@link #forEachIn} and {@link #stream} are safe for any thread. All
 * other methods are for one thread at a time.
 */
final class Registry {

    private static final int MAX_TAKEOVERS = 20;
    private static final Duration TAKEOVER_SPAN = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMinutes(1);

    /** The decisions about a takeover of an id. */
    enum Takeover {
        ALLOWED,
        /** Refused, after another refusal of this id less than a minute ago. */
        REFUSED,
        /** Refused, for the first time in a minute. */
        REFUSED_FIRST
    }

    private final ConcurrentHashMap<String, Seat> seats = new ConcurrentHashMap<>();
    private final List<Set<Subscription>> partitions;

    /** @param partitions the number of partitions, of about the same size, into which the registry is divided */
    Registry(int partitions) {
        this.partitions = Stream.<Set<Subscription>>generate(ConcurrentHashMap::newKeySet)
                .limit(partitions)
                .toList();
    }

    boolean contains(String gatewayClientId) {
        return seats.containsKey(gatewayClientId);
    }

    /** Returns the live subscription with this id. Safe for any thread. */
    Optional<Subscription> find(String gatewayClientId) {
        return Optional.ofNullable(seats.get(gatewayClientId)).map(Seat::subscription);
    }

    /**
     * Decides whether a new subscription may take the id over from the subscription that holds it, if there is one.
     * Only {@link #put} counts as a takeover.
     */
    Takeover takeover(String gatewayClientId, long now) {
        Seat seat = seats.get(gatewayClientId);
        return seat == null ? Takeover.ALLOWED : seat.takeovers.next(now);
    }

    /**
     * Adds a subscription, and returns the one that it replaces, if any. A replacement counts as a takeover of the id.
     */
    @Nullable
    Subscription put(Subscription subscription, long now) {
        partition(subscription).add(subscription); // first: otherwise it could be removed before it is added
        Seat[] older = new Seat[1];
        seats.compute(subscription.gatewayClientId(), (id, seat) -> {
            older[0] = seat;
            return seat == null ? new Seat(subscription, new Takeovers()) : seat.takenOver(subscription, now);
        });
        return older[0] == null ? null : older[0].subscription;
    }

    /** Removes exactly this subscription: a newer one with the same id stays. */
    void remove(Subscription subscription) {
        partition(subscription).remove(subscription);
        seats.computeIfPresent(
                subscription.gatewayClientId(), (id, seat) -> seat.subscription == subscription ? null : seat);
    }

    /** The number of partitions. */
    int partitions() {
        return partitions.size();
    }

    private Set<Subscription> partition(Subscription subscription) {
        return partitions.get(Math.floorMod(subscription.gatewayClientId().hashCode(), partitions.size()));
    }

    int size() {
        return seats.size();
    }

    /**
     * Visits the subscriptions of one partition, including those that were replaced and are not yet removed. Weakly
     * consistent: a subscription that is added or removed meanwhile may be visited or not.
     */
    void forEachIn(int partition, Consumer<Subscription> action) {
        partitions.get(partition).forEach(action);
    }

    /** The live subscriptions, in no particular order; weakly consistent, too. */
    Stream<Subscription> stream() {
        return seats.values().stream().map(Seat::subscription);
    }

    /** The holder of an id, and the takeovers of the id. */
    private record Seat(Subscription subscription, Takeovers takeovers) {

        Seat takenOver(Subscription by, long now) {
            takeovers.add(now);
            return new Seat(by, takeovers);
        }
    }

    /** The takeovers of an id, passed from each holder to the next. */
    private static final class Takeovers {

        private @Nullable SlidingWindowLimit limit; // most ids are never taken over
        private boolean fought;
        private long lastRefusal;

        void add(long now) {
            if (limit == null) {
                limit = new SlidingWindowLimit(MAX_TAKEOVERS, TAKEOVER_SPAN);
            }
            boolean _ = limit.tryAcquire(now);
        }

        Takeover next(long now) {
            if (limit == null || limit.allows(now)) {
                return Takeover.ALLOWED;
            }
            boolean begins = !fought || now - lastRefusal >= QUIET.toNanos();
            fought = true;
            lastRefusal = now;
            return begins ? Takeover.REFUSED_FIRST : Takeover.REFUSED;
        }
    }
}

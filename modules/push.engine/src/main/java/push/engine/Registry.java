package push.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The live subscriptions, one for each gateway id, and how often each id was taken over of late.
 *
 * <p>{@link #remove}, {@link #size}, {@link #forEachOf} and what lists them are for any thread, the others for one at a
 * time.
 */
final class Registry {

    private static final int MAX_TAKEOVERS = 20;
    private static final Duration TAKEOVER_SPAN = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final ConcurrentHashMap<String, Seat> seats = new ConcurrentHashMap<>();
    private final List<Set<Subscription>> shares;

    /** @param shares into how many parts of about the same size it is divided */
    Registry(int shares) {
        this.shares = Stream.<Set<Subscription>>generate(ConcurrentHashMap::newKeySet)
                .limit(shares)
                .toList();
    }

    boolean contains(String gatewayClientId) {
        return seats.containsKey(gatewayClientId);
    }

    /**
     * Whether the id may be taken over now, if it is held at all. Only {@link #put} counts as a takeover: a request that
     * is refused afterwards takes nothing from those to come.
     *
     * @param onFight run when it may not, once until that has not happened for a minute
     */
    boolean mayTakeOver(String gatewayClientId, long now, Runnable onFight) {
        Seat seat = seats.get(gatewayClientId);
        return seat == null || seat.takeovers.mayTakeOver(now, onFight);
    }

    /** Enters it, and gives back the one whose place it took, if any; that counts as a takeover of the id. */
    @Nullable
    Subscription put(Subscription subscription, long now) {
        share(subscription).add(subscription); // first: else it could be removed before
        Seat[] older = new Seat[1];
        seats.compute(subscription.gatewayClientId(), (id, seat) -> {
            older[0] = seat;
            return seat == null ? new Seat(subscription, new Takeovers()) : seat.takenOver(subscription, now);
        });
        return older[0] == null ? null : older[0].subscription;
    }

    /** Takes out exactly this one: a newer one of the same id stays. */
    void remove(Subscription subscription) {
        share(subscription).remove(subscription);
        seats.computeIfPresent(
                subscription.gatewayClientId(), (id, seat) -> seat.subscription == subscription ? null : seat);
    }

    /** Into how many parts it is divided. */
    int shares() {
        return shares.size();
    }

    private Set<Subscription> share(Subscription subscription) {
        return shares.get(Math.floorMod(subscription.gatewayClientId().hashCode(), shares.size()));
    }

    int size() {
        return seats.size();
    }

    /**
     * Those of one of the parts, also those that were replaced and are not removed yet. Weakly consistent: one that comes
     * or goes meanwhile may be seen or not.
     */
    void forEachOf(int share, Consumer<Subscription> action) {
        shares.get(share).forEach(action);
    }

    /** Those that are there, in no particular order, and as weakly consistent. */
    Stream<Subscription> stream() {
        return seats.values().stream().map(Seat::subscription);
    }

    /** Who holds an id. */
    private record Seat(Subscription subscription, Takeovers takeovers) {

        Seat takenOver(Subscription by, long now) {
            takeovers.add(now);
            return new Seat(by, takeovers);
        }
    }

    /** How an id changed hands, handed on from one holder to the next. */
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

        boolean mayTakeOver(long now, Runnable onFight) {
            if (limit == null || limit.allows(now)) {
                return true;
            }
            if (!fought || now - lastRefusal >= QUIET.toNanos()) {
                onFight.run();
            }
            fought = true;
            lastRefusal = now;
            return false;
        }
    }
}

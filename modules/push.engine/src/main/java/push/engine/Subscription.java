package push.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A position in the log, and the thread that reads from there.
 *
 * <p>One thread at a time {@linkplain #take takes} entries, at its own pace; every other method is
 * safe for any thread. The position moves by compare-and-set, because two may move it: the reader,
 * past what it has got, and the hub, past what the reader has lost. Whoever wins counts.
 */
public final class Subscription {

    private final String gatewayClientId;
    private final String peer;
    private final Instant since;
    private final Resume resume;
    private final long openedAt;
    private final RecentEvents events;
    private final String epoch;
    private final LagPolicy lagPolicy;
    private final Dispatcher dispatcher;
    private final DropListener drops;

    private final AtomicLong position;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean dropping = new AtomicBoolean();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private volatile @Nullable Thread parked;

    Subscription(
            String gatewayClientId,
            String peer,
            Instant since,
            Opening opening,
            long head,
            RecentEvents events,
            String epoch,
            LagPolicy lagPolicy,
            Dispatcher dispatcher,
            DropListener drops) {
        this.gatewayClientId = gatewayClientId;
        this.peer = peer;
        this.since = since;
        this.resume = opening.resume();
        this.openedAt = head;
        this.position = new AtomicLong(opening.position());
        this.events = events;
        this.epoch = epoch;
        this.lagPolicy = lagPolicy;
        this.dispatcher = dispatcher;
        this.drops = drops;
    }

    /** The gateway's id. */
    public String gatewayClientId() {
        return gatewayClientId;
    }

    /** How its cursor was understood. */
    public Resume resume() {
        return resume;
    }

    /** The cursor after the last entry that was taken, or that is lost. */
    public Cursor cursor() {
        return new Cursor(epoch, position.get());
    }

    /** Why it ended; empty while it lives. */
    public Optional<End> end() {
        return Optional.ofNullable(end.get());
    }

    /**
     * Waits until there are entries, and takes them, in the order of the log.
     *
     * @param into is filled from its start, as far as there are entries now
     * @return how many; 0 when the subscription has ended
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public int take(Entry[] into) throws InterruptedException {
        while (end.get() == null) {
            int n = poll(into);
            if (n > 0) {
                return n;
            }
            park();
        }
        return 0;
    }

    /** The single step of {@link #take}: takes what there is now, and does not wait. */
    int poll(Entry[] into) {
        while (true) {
            skipWhatIsLost();
            long from = position.get();
            int n = events.read(from, into);
            if (n == 0) {
                if (events.head() > from && events.oldest() > from + 1) {
                    continue; // lapped between the two lines above
                }
                dropping.set(false); // caught up: the next drop is a new episode
                return 0;
            }
            if (position.compareAndSet(from, from + n)) {
                delivered.lazySet(delivered.get() + n); // only this thread writes it
                return n;
            }
        }
    }

    /** Moves past what is lost by now, also while the reader is away, and counts it. */
    void skipWhatIsLost() {
        boolean firstOfEpisode = false;
        while (true) {
            long from = position.get();
            long head = events.head();
            long floor = lagPolicy.floor(from, openedAt, events.oldest(), head);
            if (floor == from) {
                if (firstOfEpisode) {
                    dropping.set(false); // the reader was faster
                }
                return;
            }
            // Before the move: a reader that catches up right after it clears the mark, and not before.
            firstOfEpisode |= dropping.compareAndSet(false, true);
            if (position.compareAndSet(from, floor)) {
                dropped.addAndGet(floor - from);
                drops.dropped(this, floor - from, firstOfEpisode);
                return;
            }
        }
    }

    private void park() throws InterruptedException {
        dispatcher.parking();
        parked = Thread.currentThread();
        try {
            // After `parked` is visible: either the publisher's dispatcher sees it, or this sees the news.
            if (!hasNews()) {
                LockSupport.park(this);
            }
        } finally {
            parked = null;
            dispatcher.unparked();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private boolean hasNews() {
        return events.head() > position.get() || end.get() != null;
    }

    /** Wakes the reader if it waits and need not. */
    void wake() {
        Thread reader = parked;
        if (reader != null && hasNews()) {
            LockSupport.unpark(reader);
        }
    }

    /** Ends it; the first cause counts. The reader finds out at its next {@link #take}. */
    boolean end(End cause) {
        boolean first = end.compareAndSet(null, cause);
        if (first) {
            wake();
        }
        return first;
    }

    /** What an operator sees of it. */
    SubscriptionStatus status() {
        long at = position.get();
        long lag = Math.max(0, events.head() - at);
        SubscriptionStatus.State state = dropping.get()
                ? SubscriptionStatus.State.DROPPING
                : at < openedAt ? SubscriptionStatus.State.REPLAYING : SubscriptionStatus.State.LIVE;
        return new SubscriptionStatus(
                gatewayClientId, peer, since, new Cursor(epoch, at), lag, delivered.get(), dropped.get(), state);
    }

    /** Told of what a subscription lost. */
    @FunctionalInterface
    interface DropListener {

        /**
         * So many more events are lost to it.
         *
         * @param firstOfEpisode false while it has not caught up since it last lost some
         */
        void dropped(Subscription subscription, long events, boolean firstOfEpisode);
    }
}

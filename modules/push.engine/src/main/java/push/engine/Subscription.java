package push.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import push.engine.Dispatcher.Left;

/**
 * A place in the log, and the thread that reads from there.
 *
 * <p>One thread at a time {@linkplain #take takes} deliveries, at its own pace, or has its {@link Courier} {@linkplain #poll
 * poll} while it waits. Every other method but {@link #lendTo} is safe for any thread.
 */
public final class Subscription {

    /** What {@link #take} says when the courier has left something to the reader. */
    public static final int HANDED_BACK = -1;

    private final String gatewayClientId;
    private final String peer;
    private final boolean wantNotices;
    private final Instant since;
    private final Resume resume;
    private final long replayed;
    private final Reader reader;
    private final Feed feed;
    private final Dispatcher dispatcher;
    private final SubscriptionListener listener;

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final Turn turn;
    private volatile boolean draining;
    private volatile Runnable whenEnded = () -> {};
    private volatile @Nullable Courier courier;

    // Only whoever has the turn uses these.
    private final Farewell farewell;

    /** The last batch was as large as it may be. */
    private boolean filled;

    /** Something was, since the turn was lent. */
    private boolean taken;

    /** The courier has left something to the reader, which has not been told so yet. */
    private boolean handedBack;

    /** The reader has done what was handed back, and leaves what has come since to the dispatcher. */
    private boolean rejoining;

    Subscription(SubscriptionRequest request, Opening opening, HubParts hub) {
        this.gatewayClientId = request.gatewayClientId();
        this.peer = request.peer();
        this.wantNotices = request.wantNotices();
        this.turn = new Turn(hub.runtime());
        this.farewell = new Farewell(wantNotices, hub.runtime());
        this.since = hub.runtime().instant();
        this.resume = opening.resume();
        this.dispatcher = hub.dispatcher();
        this.listener = hub.listener();
        this.reader = new Reader(
                hub.store(),
                request.interest(),
                new LagPolicy(hub.config().subscriberBuffer()),
                hub.config().subscriberInFlight(),
                opening,
                this::lost);
        this.replayed = reader.toReplay();
        this.feed = new Feed(
                reader,
                new Notice.Opened(reader.start(), resume, replayed, hub.config().node()),
                wantNotices,
                hub.config().heartbeat(),
                gap -> listener.gap(this, gap),
                hub.runtime());
    }

    /** The gateway's id. */
    public String gatewayClientId() {
        return gatewayClientId;
    }

    /** How its cursor was understood. */
    public Resume resume() {
        return resume;
    }

    /** How many events from before it was opened it was to get then. */
    long replayed() {
        return replayed;
    }

    /** Whether its reader is told of gaps. */
    boolean wantsNotices() {
        return wantNotices;
    }

    /** The cursor after the last event that was taken, or passed over. */
    public Cursor cursor() {
        return reader.cursor();
    }

    /** Why it ended; empty while it lives. */
    public Optional<End> end() {
        return Optional.ofNullable(end.get());
    }

    /**
     * Waits until there is something to deliver, and takes it: events in the order of the log, and between
     * them, for readers that want them, notices.
     *
     * <p>A notice comes alone. The first one is {@link Notice.Opened}, the last one {@link Notice.GoAway},
     * which still comes when the subscription has ended; from a hub that drains it comes just before that.
     *
     * @param into is filled from its start, as far as there are events now
     * @return how many; 0 when the subscription has ended, and nothing is left to say; {@link #HANDED_BACK} when its
     *     courier could not deliver all that it had taken
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public int take(Delivery[] into) throws InterruptedException {
        while (!handedBack && end.get() == null && !farewell.isSaid()) {
            boolean last = draining; // before the look: what is not found then will never come
            int n = rejoining && !last ? 0 : poll(into);
            if (n > 0) {
                return n;
            }
            if (!last) {
                park();
                rejoining = false;
            } else if (!reader.hasNews()) { // a look may end before it has come to the end
                n = farewell.say(End.STOPPED, into); // before the end, which would cut the write of it short
                if (n == 0) {
                    end(End.STOPPED);
                }
                return n;
            }
        }
        if (handedBack) { // before the end, too: it was taken earlier
            handedBack = false;
            rejoining = true;
            return HANDED_BACK;
        }
        end(End.STOPPED); // unless it has ended: it has said goodbye
        return farewell.say(end.get(), into);
    }

    /**
     * The single step of {@link #take}: takes what there is now, and does not wait. Only for its reader, and for its courier
     * while that delivers.
     */
    public int poll(Delivery[] into) {
        int n = feed.next(into);
        filled = n == into.length;
        taken |= n > 0;
        return n;
    }

    /** Finds out what is lost to the reader by now, also while it is away. */
    void lose() {
        if (end.get() == null) { // whoever was replaced loses nothing any more
            reader.lose();
        }
    }

    private void lost(long clientEvents, boolean firstOfEpisode) {
        dropped.addAndGet(clientEvents);
        listener.dropped(this, clientEvents, firstOfEpisode);
    }

    private void park() throws InterruptedException {
        dispatcher.parking();
        try {
            turn.await(this::mustGoOn);
        } finally {
            dispatcher.unparked();
        }
    }

    private boolean hasNews() {
        return isEnding() || feed.hasNews();
    }

    private boolean mustGoOn() {
        if (!hasNews()) {
            return false;
        }
        if (rejoining && !isEnding()) {
            dispatcher.signal(); // it brings what there is, now that it can see that the reader waits
            return false;
        }
        return true;
    }

    /** Whether it has ended, or will once all is taken: then the reader takes the rest itself, as only it says goodbye. */
    private boolean isEnding() {
        return end.get() != null || draining;
    }

    /**
     * Has what there is for a reader that waits delivered: by its courier, or else by itself. For the dispatcher of its share
     * alone: another one that found it lent would pass it by, and what it knew of would be left lying.
     *
     * @return what there is left for it, as far as can be seen now
     */
    Left bring() {
        if (!turn.isOpen() || !hasNews()) {
            return Left.NOTHING;
        }
        Courier lent = courier;
        if (lent == null || isEnding() || !turn.borrow()) {
            turn.wake();
            return Left.NOTHING;
        }
        return deliver(lent);
    }

    private Left deliver(Courier lent) {
        taken = false;
        boolean all = false;
        boolean failed = true;
        try {
            all = lent.deliver();
            failed = false;
            return all ? left() : Left.NOTHING; // before it is given back: then the reader may be at it
        } finally {
            handedBack = !all && taken; // else the reader may as well take for itself
            try {
                if (failed) {
                    end(End.FAILED); // nobody knows what became of that which it had taken
                }
            } finally {
                turn.giveBack(!all || isEnding());
            }
        }
    }

    private Left left() {
        if (isEnding()) {
            return Left.NOTHING; // that the reader finds out for itself
        }
        if (!hasNews()) {
            reader.catchUp();
            return Left.NOTHING;
        }
        return filled ? Left.A_BATCH : Left.NEWS;
    }

    /**
     * From now on what comes while the reader waits is delivered on the thread that finds it, if that need not wait. To
     * be called by the reader, once.
     */
    public void lendTo(Courier courier) {
        this.courier = courier;
    }

    /** Ends it; the first cause counts. The reader finds out at its next {@link #take}. */
    boolean end(End cause) {
        boolean first = end.compareAndSet(null, cause);
        if (first) {
            turn.wake();
            whenEnded.run();
        }
        return first;
    }

    /** Nothing more will be published: it ends once the reader has taken all that there is. */
    void drain() {
        draining = true;
        turn.wake();
    }

    /**
     * Has the end told to a reader that waits for something else than this subscription. The task is run on whatever
     * thread ends it, and must not wait. One that ended before is not told of: look at {@link #end} afterwards.
     */
    public void whenEnded(Runnable task) {
        whenEnded = task;
    }

    /** What an operator sees of it. */
    SubscriptionStatus status() {
        return new SubscriptionStatus(
                gatewayClientId, peer, since, reader.cursor(), reader.lag(), feed.delivered(), dropped.get(), state());
    }

    private SubscriptionStatus.State state() {
        if (reader.isLosing()) {
            return SubscriptionStatus.State.DROPPING;
        }
        return reader.isReplaying() ? SubscriptionStatus.State.REPLAYING : SubscriptionStatus.State.LIVE;
    }
}

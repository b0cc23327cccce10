package push.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log, and the thread that reads from there.
 *
 * <p>One thread at a time {@linkplain #take takes} deliveries, at its own pace, or has its {@link Courier}
 * {@linkplain #poll poll} while it waits. Every other method but {@link #lendTo} is safe for any thread.
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
    private final Handover handover;
    private final SubscriptionListener listener;
    private final long graceNanos;

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    /** What it will end with once its reader has taken leave. */
    private final AtomicReference<@Nullable End> draining = new AtomicReference<>();

    private volatile Runnable whenEnded = () -> {};

    // Only whoever has the turn uses it.
    private final Farewell farewell;

    Subscription(SubscriptionRequest request, Opening opening, HubParts hub) {
        this.gatewayClientId = request.gatewayClientId();
        this.peer = request.peer();
        this.wantNotices = request.wantNotices();
        this.farewell = new Farewell(wantNotices, hub.runtime());
        this.since = hub.runtime().instant();
        this.resume = opening.resume();
        this.listener = hub.listener();
        this.graceNanos = hub.config().drainGrace().toNanos();
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
        this.handover = new Handover(feed, hub.dispatcher(), hub.runtime(), this::isEnding, () -> end(End.FAILED));
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
     * which still comes when the subscription has ended. When the subscription drains, {@code GoAway} comes before the
     * end: the next call waits until the reader's side ends the subscription, for {@link HubConfig#drainGrace} at most.
     *
     * @param into is filled from its start, as far as there are events now
     * @return how many; 0 when the subscription has ended, and nothing is left to say; {@link #HANDED_BACK} when its
     *     courier could not deliver all that it had taken
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public int take(Delivery[] into) throws InterruptedException {
        while (!handover.hasHandedBack() && end.get() == null && !farewell.isSaid()) {
            End leaving = draining.get(); // before the look: what is not found then will never come
            if (leaving == End.DRAINED && feed.hasBegun()) {
                return takeLeave(leaving, into); // the hub stays, and replays the rest
            }
            int n = handover.isRejoining() && leaving == null ? 0 : poll(into);
            if (n > 0) {
                return n;
            }
            if (leaving == null) {
                handover.await();
            } else if (!reader.hasNews()) { // a look may end before it has come to the end
                return takeLeave(leaving, into);
            }
        }
        if (handover.hasHandedBack()) { // before the end, too: it was taken earlier
            handover.claimHandedBack();
            return HANDED_BACK;
        }
        End leaving = draining.get();
        if (leaving != null && farewell.isSaid()) {
            handover.awaitEnd(() -> end.get() != null, graceNanos);
            end(leaving);
        }
        return farewell.say(end.get(), into);
    }

    private int takeLeave(End cause, Delivery[] into) {
        int n = farewell.say(cause, into); // before the end, which would cut the write of it short
        if (n == 0) {
            end(cause);
        }
        return n;
    }

    /**
     * The single step of {@link #take}: takes what there is now, and does not wait. Only for its reader, and for its
     * courier while that delivers.
     */
    public int poll(Delivery[] into) {
        return handover.poll(into);
    }

    /** Finds out what is lost to the reader by now, also while it is away. */
    void lose() {
        // A reader that was replaced loses nothing any more, nor does one that is to come back with its cursor.
        if (end.get() == null && draining.get() != End.DRAINED) {
            reader.lose();
        }
    }

    private void lost(long clientEvents, boolean firstOfEpisode) {
        dropped.addAndGet(clientEvents);
        listener.dropped(this, clientEvents, firstOfEpisode);
    }

    /** Whether it has ended, or will once all is taken. */
    private boolean isEnding() {
        return end.get() != null || draining.get() != null;
    }

    /**
     * Has what there is for a reader that waits delivered: by its courier, or else by itself. For the dispatcher of its
     * share alone: another one that found it lent would pass it by, and what it knew of would be left lying.
     *
     * @return what there is left for it, as far as can be seen now
     */
    Backlog bring() {
        return handover.bring();
    }

    /**
     * From now on what comes while the reader waits is delivered on the thread that finds it, if that need not wait. To
     * be called by the reader, once.
     */
    public void lendTo(Courier courier) {
        handover.lendTo(courier);
    }

    /** Ends it; the first cause counts. The reader finds out at its next {@link #take}. */
    boolean end(End cause) {
        boolean first = end.compareAndSet(null, cause);
        if (first) {
            handover.wake();
            whenEnded.run();
        }
        return first;
    }

    /**
     * Has the reader take leave, and the subscription end behind that; the first cause counts.
     *
     * @param cause {@link End#STOPPED} when nothing more will be published: then the reader first takes all that there
     *     is; {@link End#DRAINED} to have the reader come back, and take the rest then
     */
    void drain(End cause) {
        draining.compareAndSet(null, cause);
        handover.wake();
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

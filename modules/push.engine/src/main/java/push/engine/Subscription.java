package push.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A position in the log, and the reader that reads from there.
 *
 * <p>One thread at a time, the reader, {@linkplain #take takes} deliveries at its own pace. While it waits, its
 * {@link Courier} may {@linkplain #poll poll} in its place. All other methods except {@link #lendTo} are safe for any
 * thread.
 */
public final class Subscription {

    /** The result of {@link #take} if the courier has left deliveries to the reader. */
    public static final int HANDED_BACK = -1;

    private final String gatewayClientId;
    private final String peer;
    private final boolean wantNotices;
    private final Instant since;
    private final Resume resume;
    private final long replayed;
    private final LogReader reader;
    private final DeliverySource source;
    private final Handover handover;
    private final SubscriptionListener listener;
    private final long graceNanos;

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    /** The cause with which the subscription will end, once the reader has taken the farewell. */
    private final AtomicReference<@Nullable End> draining = new AtomicReference<>();

    private volatile Runnable whenEnded = () -> {};

    // Used only by the thread that has the turn.
    private final Farewell farewell;

    /** @param store the life of the log in which {@code opening} was decided */
    Subscription(SubscriptionRequest request, EventStore store, Opening opening, HubParts hub) {
        this.gatewayClientId = request.gatewayClientId();
        this.peer = request.peer();
        this.wantNotices = request.wantNotices();
        this.farewell = new Farewell(wantNotices, hub.runtime());
        this.since = hub.runtime().instant();
        this.resume = opening.resume();
        this.listener = hub.listener();
        this.graceNanos = hub.config().drainGrace().toNanos();
        this.reader = new LogReader(
                hub.log(),
                store,
                request.interest(),
                new LagPolicy(hub.config().subscriberBuffer()),
                hub.config().subscriberInFlight(),
                opening,
                this::lost);
        this.replayed = reader.toReplay();
        this.source = new DeliverySource(
                reader,
                new Notice.Opened(reader.start(), resume, replayed, hub.config().node()),
                wantNotices,
                hub.config().heartbeat(),
                gap -> listener.gap(this, gap),
                hub.runtime());
        this.handover = new Handover(source, hub.dispatchers(), hub.runtime(), this::isEnding, () -> end(End.FAILED));
    }

    /** Returns the gateway's id. */
    public String gatewayClientId() {
        return gatewayClientId;
    }

    /** Returns how the hub understood the cursor of the request. */
    public Resume resume() {
        return resume;
    }

    /** Returns the number of events to replay, as counted when the subscription was opened. */
    long replayed() {
        return replayed;
    }

    /** Returns true if the reader receives notices. */
    boolean wantsNotices() {
        return wantNotices;
    }

    /** Returns the cursor of the last event that was taken or skipped. */
    public Cursor cursor() {
        return reader.cursor();
    }

    /** Returns why the subscription ended; empty until it ends. */
    public Optional<End> end() {
        return Optional.ofNullable(end.get());
    }

    /**
     * Waits until there is something to deliver, and takes it: events in the order of the log and, for a reader with
     * notices, notices between them.
     *
     * <p>A notice is always the only delivery of a call. The first notice is {@link Notice.Opened}, and the last one is
     * {@link Notice.GoAway}, which is delivered even after the subscription has ended. When the subscription drains,
     * {@code GoAway} is delivered before the end: the next call then waits for the reader's side to end the
     * subscription, for {@link HubConfig#drainGrace} at most.
     *
     * @param into the array to fill from its start, with as many events as are available now
     * @return the number of deliveries; 0 if the subscription has ended and there is nothing left to deliver;
     *     {@link #HANDED_BACK} if the courier could not deliver everything that it had taken
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public int take(Delivery[] into) throws InterruptedException {
        while (!handover.hasHandedBack() && end.get() == null && !farewell.isSaid()) {
            End leaving = draining.get(); // before looking for events: what is not found after this is never published
            if (leaving == End.RECONNECT && source.hasBegun()) {
                return takeLeave(leaving, into); // the hub continues, and replays the rest later
            }
            int n = handover.isRejoining() && leaving == null ? 0 : poll(into);
            if (n > 0) {
                return n;
            }
            if (leaving == null) {
                handover.await();
            } else if (!reader.hasNews()) { // a poll may stop before the end of the log
                return takeLeave(leaving, into);
            }
        }
        if (handover.hasHandedBack()) { // checked before the end: it was taken earlier
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
        int n = farewell.say(cause, into); // before the end, which would cut off the write of the notice
        if (n == 0) {
            end(cause);
        }
        return n;
    }

    /**
     * Takes what is available now, without waiting: the single step of {@link #take}. Only for the reader, and for the
     * courier while it delivers. Fills {@code into} from its start, and returns the number of deliveries, which may be
     * 0.
     */
    public int poll(Delivery[] into) {
        return handover.poll(into);
    }

    /** Detects which events the reader has lost by now, even while it is busy. */
    void detectLoss() {
        // Neither a replaced reader nor one that is to reconnect with its cursor can lose anything.
        if (end.get() == null && draining.get() != End.RECONNECT) {
            reader.detectLoss();
        }
    }

    private void lost(long clientEvents, boolean firstOfEpisode) {
        dropped.addAndGet(clientEvents);
        listener.dropped(this, clientEvents, firstOfEpisode);
    }

    /** Returns true if the subscription has ended, or will end once everything is taken. */
    private boolean isEnding() {
        return end.get() != null || draining.get() != null;
    }

    /**
     * Delivers what is available for a waiting reader: through its courier, or else by waking the reader. Only for the
     * dispatcher of the partition: another dispatcher that found the turn lent would skip the subscription,
     * and the news that it knew of would stay undelivered.
     *
     * @return what remains for the reader, as far as can be seen now
     */
    Backlog dispatch() {
        return handover.dispatch();
    }

    /**
     * Registers a courier: from now on, what arrives while the reader waits is delivered on the thread that finds it,
     * if that thread need not wait. Called by the reader, once.
     */
    public void lendTo(Courier courier) {
        handover.lendTo(courier);
    }

    /** Ends the subscription; the first cause counts. The reader notices at its next {@link #take}. */
    boolean end(End cause) {
        boolean first = end.compareAndSet(null, cause);
        if (first) {
            handover.wake();
            whenEnded.run();
            listener.ended(this, cause);
        }
        return first;
    }

    /**
     * Delivers the farewell to the reader, and ends the subscription after that; the first cause counts.
     *
     * @param cause {@link End#STOPPED} if nothing more will be published: the reader then first takes all events;
     *     {@link End#RECONNECT} if the reader is to reconnect and take the rest then
     */
    void drain(End cause) {
        draining.compareAndSet(null, cause);
        handover.wake();
    }

    /**
     * Registers a task that runs when the subscription ends, for a reader that waits for something other than this
     * subscription. The task runs on the thread that ends the subscription, and must not wait. It does not run if the
     * subscription has already ended, so check {@link #end} after this call.
     */
    public void whenEnded(Runnable task) {
        whenEnded = task;
    }

    /** Returns the subscription's status, for operators. */
    SubscriptionStatus status() {
        return new SubscriptionStatus(
                gatewayClientId,
                peer,
                since,
                reader.cursor(),
                reader.lag(),
                source.delivered(),
                dropped.get(),
                state());
    }

    private SubscriptionStatus.State state() {
        if (reader.isLosing()) {
            return SubscriptionStatus.State.DROPPING;
        }
        return reader.isReplaying() ? SubscriptionStatus.State.REPLAYING : SubscriptionStatus.State.LIVE;
    }
}

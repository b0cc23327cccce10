package push.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A position in the log, and the reader that reads from there.
 *
 * <p>One thread, the reader, {@linkplain #take takes} deliveries at its own pace. While the reader waits, its
 * {@link Courier} may {@linkplain #poll poll} instead. Only the reader may call {@link #registerCourier}. All other
 * methods are safe for any thread.
 */
public final class Subscription {

    private final String gatewayClientId;
    private final String peer;
    private final boolean wantNotices;
    private final Instant since;
    private final Resume resume;
    private final long replayed;
    private final LogReader reader;
    private final DeliverySource source;
    private final DeliveryCoordinator coordinator;
    private final SubscriptionListener listener;
    private final Lifecycle life = new Lifecycle();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Runnable whenEnded = () -> {};

    /** @param store the life of the log in which {@code opening} was decided */
    Subscription(SubscriptionRequest request, EventStore store, Opening opening, HubParts hub) {
        this.gatewayClientId = request.gatewayClientId();
        this.peer = request.peer();
        this.wantNotices = request.wantNotices();
        this.since = hub.runtime().instant();
        this.resume = opening.resume();
        this.listener = hub.listener();
        this.reader = new LogReader(
                store,
                request.interest(),
                new LagPolicy(hub.config().subscriberBuffer()),
                hub.config().subscriberInFlight(),
                opening,
                this::lost);
        this.replayed = reader.toReplay();
        this.source = new DeliverySource(
                reader,
                hub.logHealth(),
                new Notice.Opened(reader.start(), resume, replayed, hub.config().node()),
                wantNotices,
                hub.config().heartbeat(),
                gap -> listener.gap(this, gap),
                hub.runtime());
        this.coordinator =
                new DeliveryCoordinator(source, life, new Farewell(wantNotices, hub.runtime()), hub, this::end);
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
        return Optional.ofNullable(life.end());
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
     * @return what was taken
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Taken take(Delivery[] into) throws InterruptedException {
        return coordinator.take(into);
    }

    /**
     * Takes what is available now, without waiting: the single step of {@link #take}. Only for the reader, and for the
     * courier while it delivers. Fills {@code into} from its start, and returns the number of deliveries, which may be
     * 0.
     */
    public int poll(Delivery[] into) {
        return coordinator.poll(into);
    }

    /** Detects which events the reader has lost by now, even while it is busy. */
    void detectLoss() {
        // Neither a replaced reader nor one that is to reconnect with its cursor can lose anything.
        if (!life.hasEnded() && life.draining() != End.RECONNECT) {
            reader.detectLoss();
        }
    }

    private void lost(long clientEvents, boolean firstOfEpisode) {
        dropped.addAndGet(clientEvents);
        listener.dropped(this, clientEvents, firstOfEpisode);
    }

    /**
     * Delivers what is available if the reader waits: through the courier if there is one, otherwise by waking the
     * reader. Only the dispatcher of the partition may call this method. If two dispatchers visited a subscription, the
     * second one would skip it while the first one delivers, and would not come back for its own news.
     *
     * @return what remains to deliver; may be out of date at once
     */
    Remaining dispatch() {
        return coordinator.dispatch();
    }

    /**
     * Registers the courier. From then on, while the reader waits, the courier delivers on the dispatcher's thread.
     * Called at most once, by the reader.
     */
    public void registerCourier(Courier courier) {
        coordinator.registerCourier(courier);
    }

    /** Ends the subscription; the first cause counts. The reader notices at its next {@link #take}. */
    boolean end(End cause) {
        boolean first = life.end(cause);
        if (first) {
            coordinator.wake();
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
        life.drain(cause);
        coordinator.wake();
    }

    /** Returns true if the subscription has ended, or drains. */
    boolean isEnding() {
        return life.isEnding();
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

package push.engine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a subscription's deliveries taken by the reader or, while the reader waits, by its courier, and has the reader
 * take the end.
 *
 * <p>{@link #take} is for the reader, {@link #dispatch} for the dispatcher, and {@link #poll} for the owner of the
 * position, as {@link ReadOwnership} decides. {@link #wake} is for any thread.
 */
final class DeliveryCoordinator {

    private final DeliverySource source;
    private final Lifecycle life;
    private final Farewell farewell;
    private final DispatcherGroup dispatchers;
    private final ReadOwnership ownership;
    private final long graceNanos;
    private final Consumer<End> end;
    private volatile @Nullable Courier courier;

    /** @param end ends the subscription */
    DeliveryCoordinator(DeliverySource source, Lifecycle life, Farewell farewell, HubParts hub, Consumer<End> end) {
        this.source = source;
        this.life = life;
        this.farewell = farewell;
        this.dispatchers = hub.dispatchers();
        this.ownership = new ReadOwnership(hub.runtime());
        this.graceNanos = hub.config().drainGrace().toNanos();
        this.end = end;
    }

    /** Registers the courier, which delivers from now on while the reader waits. */
    void registerCourier(Courier registered) {
        courier = registered;
    }

    /** Takes what is available now, without waiting; returns the number of deliveries, which may be 0. */
    int poll(Delivery[] into) {
        return source.next(into);
    }

    /** Waits until there is something for the reader, and takes it: see {@link Subscription#take}. */
    Taken take(Delivery[] into) throws InterruptedException {
        while (true) {
            if (ownership.isHandedBack()) { // before the end: it was taken earlier
                ownership.acceptHandedBack();
                return new Taken.HandedBack();
            }
            if (life.hasEnded() || farewell.isSaid()) {
                return takeEnd(into);
            }
            End leaving = life.draining(); // before looking for events: what is not found after this is never published
            if (leaving == End.RECONNECT && source.hasBegun()) {
                return takeLeave(leaving, into); // the hub continues, and replays the rest later
            }
            int n = ownership.isRejoining() && leaving == null ? 0 : source.next(into);
            if (n > 0) {
                return new Taken.Deliveries(n);
            }
            if (leaving == null) {
                awaitWork();
            } else if (!source.hasEvents()) { // a read may stop before the end of the log
                return takeLeave(leaving, into);
            }
        }
    }

    private Taken takeLeave(End cause, Delivery[] into) {
        if (farewell.say(cause, into)) { // before the end, which would cut off the write of the notice
            return new Taken.Deliveries(1);
        }
        end.accept(cause);
        return new Taken.Ended();
    }

    private Taken takeEnd(Delivery[] into) throws InterruptedException {
        End leaving = life.draining();
        if (leaving != null && farewell.isSaid()) {
            ownership.awaitAlone(life::hasEnded, graceNanos);
            end.accept(leaving);
        }
        return farewell.say(life.end(), into) ? new Taken.Deliveries(1) : new Taken.Ended();
    }

    private void awaitWork() throws InterruptedException {
        boolean rejoining = ownership.isRejoining();
        dispatchers.parking();
        try {
            ownership.await(() -> hasWork() && !leavesToDispatcher(rejoining));
        } finally {
            dispatchers.unparked();
        }
    }

    /** The dispatcher delivers what is available, now that it can see that the reader waits. */
    private boolean leavesToDispatcher(boolean rejoining) {
        boolean leaves = rejoining && !life.isEnding();
        if (leaves) {
            dispatchers.signal();
        }
        return leaves;
    }

    /** Only the reader delivers the farewell, so it takes the rest itself once the subscription is ending. */
    private boolean hasWork() {
        return life.isEnding() || source.hasNews();
    }

    /**
     * Delivers what is available for a waiting reader: through its courier, or else by waking the reader.
     *
     * @return what remains for the reader, as far as can be seen now
     */
    Backlog dispatch() {
        if (!ownership.isWaiting() || !hasWork()) {
            return Backlog.NONE;
        }
        Courier used = courier;
        if (used == null || life.isEnding() || !ownership.tryAcquire()) {
            ownership.wake();
            return Backlog.NONE;
        }
        return deliver(used);
    }

    private Backlog deliver(Courier used) {
        Courier.Outcome outcome = null;
        try {
            outcome = used.deliver();
            return outcome == Courier.Outcome.DELIVERED ? backlog() : Backlog.NONE; // while no other thread reads
        } finally {
            try {
                if (outcome == null) {
                    end.accept(End.FAILED);
                }
            } finally {
                giveBack(outcome);
            }
        }
    }

    /** @param outcome null if the courier has failed: then it may have polled something */
    private void giveBack(Courier.@Nullable Outcome outcome) {
        switch (outcome) {
            case DELIVERED -> {
                if (life.isEnding()) {
                    ownership.returnToReader();
                } else {
                    ownership.release();
                }
            }
            case DECLINED -> ownership.returnToReader();
            case HANDED_BACK -> ownership.handBack();
            case null -> ownership.handBack();
        }
    }

    private Backlog backlog() {
        if (life.isEnding()) {
            return Backlog.NONE; // the reader finds out for itself
        }
        if (!source.hasNews()) {
            source.caughtUp();
            return Backlog.NONE;
        }
        return source.hasFilled() ? Backlog.FULL_BATCH : Backlog.SOME;
    }

    /** Has a waiting reader check again. */
    void wake() {
        ownership.wake();
    }
}

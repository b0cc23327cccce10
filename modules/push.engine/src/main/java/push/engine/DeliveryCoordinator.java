package push.engine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates who takes a subscription's deliveries: the reader or, while the reader waits, the courier. Only the
 * reader takes the end.
 *
 * <p>{@link #registerCourier} and {@link #take} are for the reader, {@link #dispatch} is for the dispatcher, and
 * {@link #poll} is for the owner of the position, as {@link ReadOwnership} decides. {@link #wake} is for any thread.
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

    /** See {@link Subscription#poll}. */
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
            // Read before looking for events: if the hub drains, a look that finds none has found the end of the log.
            End draining = life.draining();
            if (draining == End.RECONNECT && source.hasBegun()) {
                return takeFarewell(draining, into); // the hub continues, and replays the rest later
            }
            boolean leaveToDispatcher = draining == null && ownership.isRejoining();
            int n = leaveToDispatcher ? 0 : source.next(into);
            if (n > 0) {
                return new Taken.Deliveries(n);
            }
            if (draining == null) {
                awaitWork();
            } else if (!source.hasEvents()) { // a read may stop before the end of the log
                return takeFarewell(draining, into);
            }
        }
    }

    private Taken takeFarewell(End cause, Delivery[] into) {
        if (farewell.say(cause, into)) { // before the end, which would cut off the write of the notice
            return new Taken.Deliveries(1);
        }
        end.accept(cause);
        return new Taken.Ended();
    }

    private Taken takeEnd(Delivery[] into) throws InterruptedException {
        End draining = life.draining();
        if (draining != null && farewell.isSaid()) {
            ownership.awaitAlone(life::hasEnded, graceNanos);
            end.accept(draining);
        }
        return farewell.say(life.end(), into) ? new Taken.Deliveries(1) : new Taken.Ended();
    }

    private void awaitWork() throws InterruptedException {
        boolean rejoining = ownership.isRejoining();
        dispatchers.parking();
        try {
            ownership.await(() -> hasWork() && !handOverToDispatcher(rejoining));
        } finally {
            dispatchers.unparked();
        }
    }

    /**
     * Signals the dispatcher if the reader rejoins. Called once the dispatcher can see that the reader waits: a signal
     * before that would be in vain. Returns true if the dispatcher will deliver what is available.
     */
    private boolean handOverToDispatcher(boolean rejoining) {
        if (!rejoining || life.isEnding()) {
            return false;
        }
        dispatchers.signal();
        return true;
    }

    /** Only the reader delivers the farewell, so it takes the rest itself once the subscription is ending. */
    private boolean hasWork() {
        return life.isEnding() || source.hasNews();
    }

    /** See {@link Subscription#dispatch}. */
    Remaining dispatch() {
        if (!ownership.isWaiting() || !hasWork()) {
            return Remaining.NONE;
        }
        Courier used = courier;
        if (used == null || life.isEnding() || !ownership.tryAcquire()) {
            ownership.wake();
            return Remaining.NONE;
        }
        return deliver(used);
    }

    private Remaining deliver(Courier used) {
        Courier.Outcome outcome = null;
        try {
            outcome = used.deliver();
            return outcome == Courier.Outcome.DELIVERED ? remaining() : Remaining.NONE; // while no other thread reads
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
            // a reader that was woken meanwhile, for the end too, has recalled it
            case DELIVERED -> ownership.release();
            case DECLINED -> ownership.returnToReader();
            case HANDED_BACK -> ownership.handBack();
            case null -> ownership.handBack();
        }
    }

    private Remaining remaining() {
        if (life.isEnding()) {
            return Remaining.NONE; // the reader finds out for itself
        }
        if (!source.hasNews()) {
            source.caughtUp();
            return Remaining.NONE;
        }
        return source.hasFilled() ? Remaining.FULL_BATCH : Remaining.SOME;
    }

    /** Has a waiting reader check again. */
    void wake() {
        ownership.wake();
    }
}

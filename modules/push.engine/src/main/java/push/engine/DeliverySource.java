package push.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;
import push.engine.Notice.Heartbeat;
import push.engine.Notice.Opened;

/**
 * The sequence of deliveries of a subscription: first {@code Opened}, then events, each gap before the events that
 * follow it, and a heartbeat after a silence.
 *
 * <p>For the owner of the position, as {@link ReadOwnership} decides. Any thread may call
 * {@link #delivered}. The reader and the dispatcher may call {@link #hasNews} while the reader waits, even if they are
 * not the owner; the answer may be out of date at once, so the owner must check again.
 */
final class DeliverySource {

    private final LogReader reader;
    private final LogHealth log;
    private final boolean wantNotices;
    private final long heartbeatNanos;
    private final Consumer<Gap> gaps;
    private final EngineRuntime runtime;
    private final AtomicLong delivered = new AtomicLong();
    private @Nullable Opened opened;

    /** Volatile, because {@link #hasNews} reads it on threads that are not the owner. The owner checks again. */
    private volatile long lastDeliveryNanos;

    private boolean filled;

    /**
     * @param opened the first notice
     * @param wantNotices true if notices are delivered at all
     * @param gaps receives each gap, even if the gap is not delivered
     */
    DeliverySource(
            LogReader reader,
            LogHealth log,
            Opened opened,
            boolean wantNotices,
            Duration heartbeat,
            Consumer<Gap> gaps,
            EngineRuntime runtime) {
        this.reader = reader;
        this.log = log;
        this.opened = opened;
        this.wantNotices = wantNotices;
        this.heartbeatNanos = heartbeat.toNanos();
        this.gaps = gaps;
        this.runtime = runtime;
        this.lastDeliveryNanos = runtime.nanoTime();
    }

    /**
     * Takes what is available now.
     *
     * @param into the array to fill from its start
     * @return the number of deliveries; 0 if there is nothing
     */
    int next(Delivery[] into) {
        int n = find(into);
        filled = n == into.length;
        if (n > 0 && wantNotices) { // other readers get no heartbeat, and need not pay for the clock
            lastDeliveryNanos = runtime.nanoTime();
        }
        return n;
    }

    private int find(Delivery[] into) {
        if (wantNotices && opened != null) {
            into[0] = opened;
            opened = null;
            return 1;
        }
        int n;
        do {
            Gap gap = reader.gap();
            if (gap != null) {
                gaps.accept(gap);
                if (wantNotices) {
                    into[0] = gap;
                    return 1;
                }
            }
            n = reader.read(into);
        } while (n == Reader.GAP_FIRST);
        if (n > 0) {
            delivered.lazySet(delivered.get() + n); // written only by the owner
            return n;
        }
        if (isHeartbeatDue()) {
            into[0] = new Heartbeat(reader.cursor());
            return 1;
        }
        return 0;
    }

    /** True once {@code Opened} was delivered; always true for a reader without notices. */
    boolean hasBegun() {
        return !wantNotices || opened == null;
    }

    /** True if the last call of {@link #next} has filled its array, so there is probably more. */
    boolean hasFilled() {
        return filled;
    }

    /** Returns true if {@link #next} would deliver an event or a gap. */
    boolean hasEvents() {
        return reader.hasNews();
    }

    /** Returns true if {@link #next} would deliver something. */
    boolean hasNews() {
        return hasEvents() || isHeartbeatDue();
    }

    private boolean isHeartbeatDue() {
        return wantNotices && runtime.nanoTime() - lastDeliveryNanos >= heartbeatNanos && log.isCurrent();
    }

    /** Records that everything was delivered. */
    void caughtUp() {
        reader.catchUp();
    }

    /** The number of events taken. */
    long delivered() {
        return delivered.get();
    }
}

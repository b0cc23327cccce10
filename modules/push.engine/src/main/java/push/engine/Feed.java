package push.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;
import push.engine.Notice.Heartbeat;
import push.engine.Notice.Opened;

/**
 * What a subscription delivers, one after the other: that it is open, then events, each gap before what follows it, and
 * a heartbeat when nothing has come for a while.
 *
 * <p>For whoever has the reader's turn. {@link #hasNews} and {@link #delivered} are for others too: for the first one
 * they need to have seen that the reader waits.
 */
final class Feed {

    private final Reader reader;
    private final boolean wantNotices;
    private final long heartbeatNanos;
    private final Consumer<Gap> gaps;
    private final EngineRuntime runtime;
    private final AtomicLong delivered = new AtomicLong();
    private @Nullable Opened opened;
    private long lastDeliveryNanos;

    /**
     * @param opened what comes first
     * @param wantNotices whether notices are delivered at all
     * @param gaps told of each gap, also when it is not delivered
     */
    Feed(
            Reader reader,
            Opened opened,
            boolean wantNotices,
            Duration heartbeat,
            Consumer<Gap> gaps,
            EngineRuntime runtime) {
        this.reader = reader;
        this.opened = opened;
        this.wantNotices = wantNotices;
        this.heartbeatNanos = heartbeat.toNanos();
        this.gaps = gaps;
        this.runtime = runtime;
        this.lastDeliveryNanos = runtime.nanoTime();
    }

    /**
     * Takes what there is now.
     *
     * @param into is filled from its start
     * @return how many; 0 when there is nothing
     */
    int next(Delivery[] into) {
        int n = find(into);
        if (n > 0 && wantNotices) { // others get no heartbeat, and need not pay for the clock
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
            delivered.lazySet(delivered.get() + n); // only whoever has the turn writes it
            return n;
        }
        if (isHeartbeatDue()) {
            into[0] = new Heartbeat(reader.cursor());
            return 1;
        }
        return 0;
    }

    /** Whether a reader that wants notices has been told how its stream was opened. */
    boolean hasBegun() {
        return !wantNotices || opened == null;
    }

    /** Whether there would be something. */
    boolean hasNews() {
        return reader.hasNews() || isHeartbeatDue();
    }

    private boolean isHeartbeatDue() {
        return wantNotices && runtime.nanoTime() - lastDeliveryNanos >= heartbeatNanos;
    }

    /** All that there was has been delivered. */
    void caughtUp() {
        reader.catchUp();
    }

    /** How many events were taken. */
    long delivered() {
        return delivered.get();
    }
}

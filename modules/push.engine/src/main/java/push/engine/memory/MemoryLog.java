package push.engine.memory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import push.engine.spi.Appended;
import push.engine.spi.Appended.NotStored;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;
import push.engine.spi.LogEvent;
import push.engine.spi.LogState;
import push.engine.spi.Tail;

/**
 * Orders the events of one process. The order is lost when the process ends. Every append has ended when it returns.
 */
public final class MemoryLog implements EventLog {

    /** How many events with a once-id are remembered. About 12 MiB when all are in use. */
    private static final int MAX_ONCE_IDS = 1 << 16;

    private static final CompletionStage<Appended> CLOSED =
            CompletableFuture.completedStage(new NotStored(NotStored.Reason.CLOSED));

    private final String epoch;
    private final InstantSource clock;
    private final ReentrantLock order = new ReentrantLock();
    // Guarded by `order`.
    private final LinkedHashMap<UUID, Position> repeatable = new LinkedHashMap<>();
    private @Nullable Tail tail;
    private long last;
    private boolean closed;

    private volatile boolean republished;

    /** @param epoch the name of the log's only life: see {@link Tail#begin} */
    public MemoryLog(String epoch, InstantSource clock) {
        this.epoch = epoch;
        this.clock = clock;
    }

    @Override
    public String name() {
        return MemoryLogProvider.NAME;
    }

    @Override
    public boolean outlivesTheProcess() {
        return false;
    }

    @Override
    public void start(Tail tail) {
        order.lock();
        try {
            this.tail = tail;
            tail.begin(epoch, 0, true);
            tail.state(LogState.READY);
        } finally {
            order.unlock();
        }
    }

    @Override
    public CompletionStage<Appended> append(LogEvent event) {
        Tail started;
        Position position;
        Optional<UUID> onceId = event.onceId();
        order.lock();
        try {
            if (closed) {
                return CLOSED;
            }
            Position earlier = onceId.isEmpty() ? null : repeatable.get(onceId.get());
            if (earlier != null) {
                return CompletableFuture.completedFuture(earlier);
            }
            started = Objects.requireNonNull(tail, "the log was not started");
            position = new Position(epoch, last + 1);
            // Stamped in the order of the sequence.
            started.append(position.sequence(), clock.instant(), Duration.ZERO, event);
            last = position.sequence(); // only now: a failed append leaves no hole
            onceId.ifPresent(id -> remember(id, position));
        } finally {
            order.unlock();
        }
        started.signal();
        return CompletableFuture.completedFuture(position);
    }

    private void remember(UUID onceId, Position position) {
        if (repeatable.size() == MAX_ONCE_IDS) {
            repeatable.pollFirstEntry();
        }
        repeatable.put(onceId, position);
    }

    @Override
    public CompletionStage<Position> last() {
        order.lock();
        try {
            return CompletableFuture.completedFuture(new Position(epoch, last));
        } finally {
            order.unlock();
        }
    }

    @Override
    public Duration age() {
        return Duration.ZERO;
    }

    @Override
    public boolean claimRepublication() {
        return !republished;
    }

    @Override
    public void endRepublication() {
        republished = true;
    }

    @Override
    public boolean close(Duration atMost) {
        order.lock(); // a running append passes its event on before it releases the lock
        try {
            closed = true;
        } finally {
            order.unlock();
        }
        return true;
    }
}

package push.engine;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import push.api.Event;
import push.engine.spi.EventLog;
import push.engine.spi.Tail;

/** Orders the events of one process. The order is lost when the process ends. */
final class MemoryLog implements EventLog {

    private final String epoch;
    private final InstantSource clock;
    private final ReentrantLock order = new ReentrantLock();
    private @Nullable Tail tail;
    private long last;
    private boolean closed;

    MemoryLog(String epoch, InstantSource clock) {
        this.epoch = epoch;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return MemoryLogProvider.KIND;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public void start(Tail tail) {
        order.lock();
        try {
            this.tail = tail;
        } finally {
            order.unlock();
        }
    }

    @Override
    public long append(Event event) {
        Tail started;
        long sequence;
        order.lock();
        try {
            if (closed) {
                return 0;
            }
            started = Objects.requireNonNull(tail, "the log was not started");
            sequence = last + 1;
            started.append(sequence, clock.instant(), event); // stamped in the order of the sequence
            last = sequence; // only now: a failed append leaves no hole
        } finally {
            order.unlock();
        }
        started.signal();
        return sequence;
    }

    @Override
    public void close() {
        order.lock(); // a running append passes its event on before it releases the lock
        try {
            closed = true;
        } finally {
            order.unlock();
        }
    }
}

package push.engine;

import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import push.api.Event;
import push.engine.spi.EventLog;
import push.engine.spi.Tail;

/** Orders the events of one process; forgotten when it ends. */
final class MemoryLog implements EventLog {

    private final String epoch;
    private final InstantSource clock;
    private final ReentrantLock order = new ReentrantLock();
    private Tail tail = (sequence, publishedAt, event) -> {
        throw new IllegalStateException("the log was not started");
    };
    private long last;

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
        order.lock();
        try {
            long sequence = last + 1;
            tail.append(sequence, clock.instant(), event); // stamped in the order that it tells of
            last = sequence; // only now: an append that failed leaves no hole
            return sequence;
        } finally {
            order.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing to stop: events are handed on within append.
    }
}

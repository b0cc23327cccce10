package push.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The appends that wait for the next batch, in their order. Limited in bytes. Safe for any number of threads.
 */
final class AppendQueue {

    /** Large enough to share the cost of a commit, and small enough to keep a transaction short. */
    static final int MAX_BATCH = 512;

    private static final long MAX_BATCH_BYTES = 4 << 20;

    /** What one append costs in addition to its event's bytes. */
    private static final long OVERHEAD = 256;

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by `lock`.
    private final Queue<Pending> queue = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /** @param maxBytes how much the waiting appends may occupy on the heap, in bytes */
    AppendQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What became of an offer. */
    enum Offer {
        ACCEPTED,
        FULL,
        CLOSED
    }

    /** Adds an append, unless the queue is full or closed. */
    Offer offer(Pending append) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            long size = size(append);
            if (bytes + size > maxBytes && !queue.isEmpty()) {
                return Offer.FULL;
            }
            bytes += size;
            queue.add(append);
            changed.signal();
            return Offer.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next batch, and waits for it if there is none.
     *
     * @return the batch; empty if the time is up, or the queue is closed and empty
     */
    List<Pending> take(long waitMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (queue.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<Pending> batch = new ArrayList<>();
            long size = 0;
            while (!queue.isEmpty() && batch.size() < MAX_BATCH) {
                size += size(queue.element());
                if (size > MAX_BATCH_BYTES && !batch.isEmpty()) {
                    break;
                }
                batch.add(queue.remove());
            }
            bytes -= batch.stream().mapToLong(AppendQueue::size).sum();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further appends. Those that wait can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns true if no append can be taken any more. */
    boolean isFinished() {
        lock.lock();
        try {
            return closed && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private static long size(Pending append) {
        return append.body().length + OVERHEAD;
    }
}

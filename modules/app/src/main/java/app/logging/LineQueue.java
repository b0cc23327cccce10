package app.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import threads.LongLived;
import threads.Steps;

/**
 * A queue of lines for a stream that may be slow or blocked. One daemon thread writes the lines; threads that offer a
 * line never wait for the stream. If the queue is full, the line is dropped and counted. When the stream accepts lines
 * again, a line reports how many were dropped.
 */
final class LineQueue {

    private static final long TICK_NANOS = 1_000_000_000;

    private final OutputStream stream;
    private final int maxBytes;
    private final Runnable everySecond;
    private final AtomicLong dropped = new AtomicLong();

    /** When {@code everySecond} ran last. Only the writing thread uses it. */
    private long ticked = System.nanoTime();

    // Virtual threads that wait for this lock release their carrier.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();
    private final Condition written = lock.newCondition();

    // Guarded by the lock.
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private int bytes;
    private boolean isWriting;
    private long unreported;

    /**
     * Starts the writing thread.
     *
     * @param maxBytes how many bytes of lines may wait; an empty queue accepts a line of any length
     * @param everySecond the action that the writing thread also runs about once per second
     */
    LineQueue(OutputStream stream, int maxBytes, Runnable everySecond) {
        this.stream = stream;
        this.maxBytes = maxBytes;
        this.everySecond = everySecond;
        Thread.ofPlatform().daemon().name(LongLived.LOG.label()).start(this::run);
    }

    /** Adds a line, given without its line break, or drops it if the queue is full. Does not wait for the stream. */
    void offer(String line) {
        byte[] encoded = (line + "\n").getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            if (!lines.isEmpty() && bytes + encoded.length > maxBytes) {
                unreported++;
                dropped.incrementAndGet();
                return;
            }
            lines.add(encoded);
            bytes += encoded.length;
            offered.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How many lines were dropped. */
    long dropped() {
        return dropped.get();
    }

    /**
     * Waits until all offered lines are written.
     *
     * @return true if all lines are written; false if the time has passed or the thread was interrupted
     */
    boolean flush(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (isWriting || !lines.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = written.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        // Failures of this thread cannot be logged.
        Steps.unlogged(LongLived.LOG).run(this::step);
    }

    private boolean step() throws InterruptedException {
        boolean done = false;
        try {
            byte[] line = next();
            if (line != null) {
                write(line);
            }
            if (System.nanoTime() - ticked >= TICK_NANOS) {
                ticked = System.nanoTime();
                everySecond.run();
            }
            done = true;
        } finally {
            if (!done) {
                dropped.incrementAndGet();
            }
        }
        return true; // the thread runs until the process ends
    }

    private byte @Nullable [] next() throws InterruptedException {
        lock.lock();
        try {
            long left = TICK_NANOS;
            while (lines.isEmpty() && left > 0) {
                left = offered.awaitNanos(left);
            }
            byte[] line = lines.poll();
            if (line != null) {
                bytes -= line.length;
                isWriting = true;
            }
            return line;
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] line) {
        try {
            stream.write(line);
            long missing = takeUnreported();
            if (missing > 0) {
                stream.write(("push dropped " + missing + " log lines because stderr was not read\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            stream.flush();
        } catch (IOException e) {
            dropped.incrementAndGet(); // the stream is closed, so this cannot be reported
        } finally {
            lock.lock();
            try {
                isWriting = false;
                written.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private long takeUnreported() {
        lock.lock();
        try {
            if (!lines.isEmpty()) {
                return 0; // the dropped lines were offered after the waiting ones
            }
            long missing = unreported;
            unreported = 0;
            return missing;
        } finally {
            lock.unlock();
        }
    }
}

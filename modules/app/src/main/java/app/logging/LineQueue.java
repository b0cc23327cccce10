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
 * Lines on their way to a stream that may take them slowly or not at all. One daemon thread writes them; threads that offer
 * a line never wait for the stream. A line for which there is no room is dropped and counted, and the stream is told so when
 * it takes lines again.
 */
final class LineQueue {

    private static final long TICK_NANOS = 1_000_000_000;

    private final OutputStream stream;
    private final int maxBytes;
    private final Runnable everySecond;
    private final AtomicLong dropped = new AtomicLong();

    /** Only the writing thread uses it. */
    private long ticked = System.nanoTime();

    // A lock that virtual threads wait for without holding their carrier.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();
    private final Condition written = lock.newCondition();

    // Under the lock.
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private int bytes;
    private boolean isWriting;
    private long untold;

    /**
     * Starts the writing thread.
     *
     * @param maxBytes of lines that wait; at least one line waits, however long it is
     * @param everySecond what the writing thread does once a second beside
     */
    LineQueue(OutputStream stream, int maxBytes, Runnable everySecond) {
        this.stream = stream;
        this.maxBytes = maxBytes;
        this.everySecond = everySecond;
        Thread.ofPlatform().daemon().name(LongLived.LOG.label()).start(this::run);
    }

    /** Adds a line, without its end; drops it where there is no room. Does not wait for the stream. */
    void offer(String line) {
        byte[] encoded = (line + "\n").getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            if (!lines.isEmpty() && bytes + encoded.length > maxBytes) {
                untold++;
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
     * Waits until all that was offered is written.
     *
     * @return whether it is; false after the given time, and when the thread is interrupted
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
        // There is nowhere left to report to.
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
        return true; // the thread belongs to the process
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
            long missing = takeUntold();
            if (missing > 0) {
                stream.write(("push left out " + missing + " lines of this log: it was not read\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            stream.flush();
        } catch (IOException e) {
            dropped.incrementAndGet(); // the stream is closed, and so is every place to say so
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

    private long takeUntold() {
        lock.lock();
        try {
            if (!lines.isEmpty()) {
                return 0; // the lines that are missing come after those that wait
            }
            long missing = untold;
            untold = 0;
            return missing;
        } finally {
            lock.unlock();
        }
    }
}

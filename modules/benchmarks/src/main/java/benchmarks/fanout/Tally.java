package benchmarks.fanout;

import java.util.concurrent.atomic.AtomicLong;

/** The events that one subscriber has received. One thread writes; any thread may read. */
final class Tally {

    private final Latencies latencies;
    private volatile long next = Stamp.FIRST;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private int lastOffset; // used only by the counting thread

    Tally(Latencies latencies) {
        this.latencies = latencies;
    }

    /** Restarts the count at the event {@code first}, which has not been published yet. */
    void begin(long first) {
        next = first;
        received.set(0);
        lost.set(0);
        repeated.set(0);
    }

    /** Counts a message, which contains a payload of the benchmark in the given range. */
    void arrived(byte[] message, int from, int to) {
        int payload = Stamp.find(message, from, to, lastOffset);
        lastOffset = payload - from;
        if (latencies.wanted()) {
            latencies.record(Stamp.now() - Stamp.due(message, payload));
        }
        long number = Stamp.number(message, payload);
        long expected = next;
        if (number < expected) {
            repeated.incrementAndGet();
            return;
        }
        if (number > expected) {
            lost.addAndGet(number - expected);
        }
        received.lazySet(received.get() + 1);
        next = number + 1;
    }

    /** Returns the number of the next expected event. */
    long next() {
        return next;
    }

    /** Returns how many events have arrived, each one counted once. */
    long received() {
        return received.get();
    }

    /** Returns how many events before {@code end} have not arrived. */
    long missing(long end) {
        return lost.get() + Math.max(0, end - next);
    }

    /** Returns how many events arrived again. */
    long repeated() {
        return repeated.get();
    }
}

package benchmarks.fanout;

import java.util.concurrent.atomic.AtomicLong;

/** What one subscriber has received. One thread writes, any may ask. */
final class Tally {

    private final Latencies latencies;
    private volatile long next = Stamp.FIRST;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private int lastOffset; // only the thread that counts uses it

    Tally(Latencies latencies) {
        this.latencies = latencies;
    }

    /** From now on counts from that event, which has yet to come. */
    void begin(long first) {
        next = first;
        received.set(0);
        lost.set(0);
        repeated.set(0);
    }

    /** A message with a payload of ours has come, in these bytes. */
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

    /** The event that would come next. */
    long next() {
        return next;
    }

    /** How many have come, each one counted once. */
    long received() {
        return received.get();
    }

    /** How many events up to {@code end} have not come. */
    long missing(long end) {
        return lost.get() + Math.max(0, end - next);
    }

    /** How many came again. */
    long repeated() {
        return repeated.get();
    }
}

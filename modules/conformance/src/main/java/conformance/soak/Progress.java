package conformance.soak;

import java.util.concurrent.atomic.AtomicLong;

/** How far the log is known to have come. */
final class Progress {

    private final AtomicLong head = new AtomicLong();

    /** A publisher was answered that sequence. */
    void reached(long sequence) {
        head.accumulateAndGet(sequence, Math::max);
    }

    long head() {
        return head.get();
    }
}

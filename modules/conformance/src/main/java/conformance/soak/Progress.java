package conformance.soak;

import java.util.concurrent.atomic.AtomicLong;

/** The last known sequence of the log. */
final class Progress {

    private final AtomicLong head = new AtomicLong();

    /** Records a sequence that a publisher got as its response. */
    void reached(long sequence) {
        head.accumulateAndGet(sequence, Math::max);
    }

    long head() {
        return head.get();
    }
}

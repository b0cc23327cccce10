package http;

import limits.Lease;

/** Counts what reading one JSON text takes on the heap, and acquires room for it in steps. For one thread. */
final class JsonAccount {

    /** The largest step, in bytes: a request never acquires much more than it needs. */
    private static final long MAX_STEP = 256 << 10;

    private static final long MIN_STEP = 4 << 10;

    /** For each byte of the text: few texts need more. */
    private static final int STEP_OF_A_BYTE = 8;

    private final RequestMemory memory;
    private final Lease lease;
    private final long base;
    private final long step;
    private long granted;
    private long held;

    /**
     * Acquires room for the text's copies and for the first step together: two requests that each hold a part of what
     * they need would wait for each other.
     */
    JsonAccount(RequestMemory memory, int length) {
        this.memory = memory;
        this.base = length;
        this.step = Math.min(MAX_STEP, MIN_STEP + (long) STEP_OF_A_BYTE * length);
        this.granted = step;
        this.lease = memory.addWork(length + step);
    }

    /**
     * Adds bytes to what is held, or subtracts them when negative.
     *
     * @throws Problem 503 when there is no room for it
     */
    void add(long bytes) {
        held += bytes;
        if (held > granted) {
            long more = Math.max(step, held - granted);
            memory.grow(lease, more);
            granted += more;
        }
    }

    /** Gives back what was acquired too much: nothing more will be added. */
    void settle() {
        lease.shrinkTo(base + held);
    }
}

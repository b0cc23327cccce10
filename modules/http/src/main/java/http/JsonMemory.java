package http;

import limits.Lease;

/** The heap that reading one JSON text takes: counts it, and acquires room for it in steps. For one thread. */
final class JsonMemory {

    /** The largest step, in bytes, so that a request never acquires much more than it needs. */
    private static final long MAX_STEP = 256 << 10;

    private static final long MIN_STEP = 4 << 10;

    /** The bytes of a step for each byte of the text. Few texts need more than one step. */
    private static final int STEP_OF_A_BYTE = 8;

    private final RequestMemory memory;
    private final Lease lease;
    private final long base;
    private final long step;
    private long granted;
    private long held;

    /**
     * Acquires room for the copies of the text and for the first step in one go. If two requests each held a part of
     * what they need, they could wait for each other.
     */
    JsonMemory(RequestMemory memory, int length) {
        this.memory = memory;
        this.base = length;
        this.step = Math.min(MAX_STEP, MIN_STEP + (long) STEP_OF_A_BYTE * length);
        this.granted = step;
        this.lease = memory.addWork(length + step);
    }

    /**
     * Adds bytes to what is held, or subtracts them when negative.
     *
     * @throws Problem 503 when there is no room for them; 413 when there can never be any
     */
    void add(long bytes) {
        held += bytes;
        if (held > granted) {
            long needed = held - granted;
            long more = Math.max(needed, Math.min(step, memory.roomBeyond(lease)));
            memory.grow(lease, more);
            granted += more;
        }
    }

    /** Releases the room that was not used. Nothing may be added after this. */
    void trim() {
        lease.shrinkTo(base + held);
    }
}

package push.transport.gate;

/**
 * A bound on the memory that the gate holds for its peers over HTTP/2, in bytes: streams that are open, parts of bodies
 * that no handler has taken, frames and header blocks that are not complete, and responses that wait for windows.
 *
 * <p>All connections share it. Once half of it is held, only connections that hold little get more: a peer that holds
 * much cannot crowd out the others. Thread-safe.
 */
final class HeldBytes {

    private static final int HEAP_PARTS = 4;

    /** A connection that holds at most this many bytes holds little. */
    private static final long LITTLE = 512 << 10;

    private final long most;
    private long held;

    /** @param most the bytes that all connections may hold together */
    HeldBytes(long most) {
        this.most = most;
    }

    /** A quarter of the heap. */
    static HeldBytes ofTheHeap() {
        return new HeldBytes(Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    /** Opens the account of a new connection, which holds nothing yet. */
    Account open() {
        return new Account();
    }

    /** The bytes that all connections hold. */
    synchronized long bytes() {
        return held;
    }

    /** The part of the budget that one connection holds. */
    final class Account {

        private long mine;
        private boolean closed;

        /** Adds bytes to what the connection holds; a negative number gives bytes back. */
        void add(long bytes) {
            synchronized (HeldBytes.this) {
                if (!closed) {
                    mine += bytes;
                    held += bytes;
                }
            }
        }

        /** As {@link #add}, unless the connection may not hold more. */
        boolean tryAdd(long bytes) {
            synchronized (HeldBytes.this) {
                boolean free = !isFull();
                if (free) {
                    add(bytes);
                }
                return free;
            }
        }

        /** Whether the connection may not hold more. */
        boolean isFull() {
            synchronized (HeldBytes.this) {
                return held > most || (held > most / 2 && mine > LITTLE);
            }
        }

        /** The bytes that the connection holds. */
        long bytes() {
            synchronized (HeldBytes.this) {
                return mine;
            }
        }

        /** Gives everything back: the connection has ended. */
        void close() {
            synchronized (HeldBytes.this) {
                held -= mine;
                mine = 0;
                closed = true;
            }
        }
    }
}

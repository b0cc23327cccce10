package push.transport.gate;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The socket below a connection. One thread at a time reads, and one writes; any may cut it or wake the reader.
 *
 * <p>What writes throws an {@link UncheckedIOException} when it is cut or reset: a part may have been written then. An
 * interrupt of a thread that waits cuts it.
 */
interface GatewaySocket {

    /** Waits for what comes next; null at the end, and empty when the reader was woken. */
    byte @Nullable [] read();

    /** Has the thread that reads, or the next one that does, return from {@link #read} without anything. */
    void wakeReader();

    /** Writes all of it, and waits while the socket has no room. */
    void write(ByteBuffer bytes);

    /** Writes what there is room for, and does not wait. Only where {@link #writesWithoutWaiting}. */
    void tryWrite(ByteBuffer bytes);

    /** Whether {@link #tryWrite} may be used. */
    boolean writesWithoutWaiting();

    /** A number that changes whenever the socket accepts bytes of a write that had to wait. */
    long progress();

    /**
     * When the socket last accepted bytes of a write that had to wait, which shows that the peer has acknowledged
     * something. On the scale of {@link StreamSupervisor#nanoTime}; empty if that has not happened yet.
     */
    OptionalLong acknowledgedAt();

    /**
     * Since when a write waits for the socket to accept anything. On the scale of {@link StreamSupervisor#nanoTime}; empty
     * while no write waits.
     */
    OptionalLong waitingSince();

    /** Closes it under all who read or write it, without waiting. Idempotent. */
    void cut();
}

package push.transport.gate;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The socket below a gateway's connection. One thread at a time reads, and one writes; any may cut it.
 *
 * <p>What writes throws an {@link UncheckedIOException} when it is cut or reset: a part may have been written then. An
 * interrupt of a thread that waits cuts it.
 */
interface GatewaySocket {

    /** Waits for what comes next; null at the end. */
    byte @Nullable [] read();

    /** Writes all of it, and waits while the socket has no room. */
    void write(ByteBuffer bytes);

    /** Writes what there is room for, and does not wait. Only where {@link #writesWithoutWaiting}. */
    void tryWrite(ByteBuffer bytes);

    /** Whether {@link #tryWrite} may be used. */
    boolean writesWithoutWaiting();

    /** Closes it under whoever reads or writes it, without waiting. Idempotent. */
    void cut();
}

package push.transport.gate;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The blocking input and output of a connection. Any thread may cut it. */
interface Wire {

    /**
     * Waits for the next bytes.
     *
     * @return null at the end of the input
     * @throws UncheckedIOException if the wire was cut or reset
     */
    byte @Nullable [] read();

    /**
     * Writes all bytes, and waits while there is no room.
     *
     * @throws UncheckedIOException if the wire was cut or reset; some bytes may have been written then
     */
    void write(ByteBuffer bytes);

    /** Closes the wire without waiting, even while other threads read or write. Idempotent. */
    void cut();
}

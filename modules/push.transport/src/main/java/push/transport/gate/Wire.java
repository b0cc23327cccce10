package push.transport.gate;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a peer sends and gets, where the one thread that serves its connection may wait. Any thread may cut it. */
interface Wire {

    /**
     * Waits for what comes next.
     *
     * @return null at the end
     * @throws UncheckedIOException when it was cut or reset
     */
    byte @Nullable [] read();

    /**
     * Writes all of it, and waits while there is no room.
     *
     * @throws UncheckedIOException when it was cut or reset: a part may have been written then
     */
    void write(ByteBuffer bytes);

    /** Closes it under all who read or write it, without waiting. Idempotent. */
    void cut();
}

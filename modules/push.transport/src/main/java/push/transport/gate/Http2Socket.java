package push.transport.gate;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The socket below a connection. One thread at a time reads, and one writes. Any thread may cut the socket or wake the
 * reader.
 *
 * <p>The methods that write throw an {@link UncheckedIOException} when the socket is cut or reset; some bytes may have
 * been written then. An interrupt of a waiting thread cuts the socket.
 */
interface Http2Socket {

    /** Waits for the next bytes; null at the end of the input, and empty if the reader was woken. */
    byte @Nullable [] read();

    /** Makes the current or the next call of {@link #read} return an empty array. */
    void wakeReader();

    /** Writes all bytes, and waits while the socket has no room. */
    void write(ByteBuffer bytes);

    /**
     * Writes as many bytes as the socket has room for, without waiting. Allowed only if {@link #writesWithoutWaiting}.
     */
    void tryWrite(ByteBuffer bytes);

    /** Whether {@link #tryWrite} may be used. */
    boolean writesWithoutWaiting();

    /** What became of the writes that had to wait. */
    SocketProgress progress();

    /** Closes the socket without waiting, even while other threads read or write. Idempotent. */
    void cut();

    /**
     * Cuts the socket if the calling thread is interrupted, as an interrupt closes a blocking socket of the JDK.
     *
     * @throws UncheckedIOException if the thread is interrupted
     */
    default void cutIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            cut();
            throw new UncheckedIOException(new SocketException("Closed by interrupt"));
        }
    }
}

package push.transport.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the JDK open, at the start, the file descriptors that it needs to park virtual threads that wait for a socket.
 * Otherwise the JDK opens them at the first such wait. If no descriptor is left at that moment, every later wait of the
 * process fails too, and each connection is closed as soon as its peer pauses.
 */
public final class VirtualIo {

    private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();

    private VirtualIo() {}

    /**
     * Makes a virtual thread wait for a pipe once, and wakes it at once.
     *
     * @throws UncheckedIOException if no descriptors are available even now
     */
    public static void prepare() {
        try {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source();
                    Pipe.SinkChannel sink = pipe.sink()) {
                Thread waiting = Thread.ofVirtual().start(() -> read(source));
                while (waiting.isAlive() && waiting.getState() != Thread.State.WAITING) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
                sink.write(ByteBuffer.wrap(new byte[1]));
                waiting.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("too few file descriptors are available to start; raise the limit", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(Pipe.SourceChannel source) {
        try {
            source.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

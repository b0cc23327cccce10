package push.transport.gate;

import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Flushes a connection on a separate thread, for threads that must not wait. Requests that come before a flush begins
 * share that flush. Thread-safe.
 */
final class BackgroundFlush {

    private final Http2Socket socket;
    private final Runnable flush;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean requested;

    /** @param flush writes what waits, and may wait for the socket */
    BackgroundFlush(Http2Socket socket, Runnable flush) {
        this.socket = socket;
        this.flush = flush;
    }

    /** Has the connection flushed once more. Never waits. */
    void request() {
        requested = true;
        if (running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("push-flush").start(this::run);
        }
    }

    private void run() {
        try {
            do {
                requested = false;
                flush.run();
                running.set(false);
            } while (requested && running.compareAndSet(false, true));
        } catch (UncheckedIOException e) {
            // The connection is gone, and `running` stays set: nothing can be written any more.
        } catch (RuntimeException | Error e) {
            socket.cut(); // otherwise it would stay open, without a thread that writes what waits
            throw e;
        }
    }
}

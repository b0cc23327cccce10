package push.transport.gate;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import threads.LongLived;
import threads.Steps;
import threads.UnrecoverableException;

/**
 * Reads from all sockets, and wakes the threads that wait to write to them. The poller has its own thread, which runs
 * until the poller and all of its sockets are closed.
 */
public final class SocketPoller implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SocketPoller.class.getName());

    private static final int READ_BYTES = 1 << 14;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final Selector selector;
    private final Steps steps = new Steps(LongLived.SOCKETS);
    private final Thread thread;
    private volatile boolean closing;

    public SocketPoller() {
        this(open());
    }

    SocketPoller(Selector selector) {
        this.selector = selector;
        this.thread =
                Thread.ofPlatform().daemon().name(LongLived.SOCKETS.label()).start(this::run);
    }

    private static Selector open() {
        try {
            return Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the socket's channel non-blocking and polls it. Returns false, and changes nothing, once the poller is
     * closed.
     */
    public synchronized boolean add(ChannelSocket socket) {
        if (closing) {
            return false;
        }
        try {
            socket.channel().configureBlocking(false);
            socket.polledBy(socket.channel().register(selector, 0, socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private void run() {
        try (selector) {
            steps.run(this::poll);
        } catch (IOException e) {
            LOG.log(ERROR, "a selector could not be closed", e);
        }
    }

    /**
     * Whether any of the sockets is still open. No socket is added once the poller is closing. A cancelled key does not
     * count, although the selector keeps it until the next selection: the wake-up that followed its cancellation may
     * already have ended the last selection, and another selection would then wait forever.
     */
    private boolean hasOpenSockets() {
        return selector.keys().stream().anyMatch(SelectionKey::isValid);
    }

    /** Polls once; false if the poller is closing and nothing is left to poll. */
    private boolean poll() throws IOException {
        if (closing && !hasOpenSockets()) {
            return false;
        }
        try {
            selector.select(this::ready);
        } catch (ClosedSelectorException e) {
            throw new UnrecoverableException(e);
        }
        return true;
    }

    private void ready(SelectionKey key) {
        ChannelSocket socket = (ChannelSocket) key.attachment();
        boolean lost = true;
        try {
            if (key.isWritable()) {
                socket.writable();
            }
            if (key.isReadable()) {
                socket.receive(buffer);
            }
            lost = false;
        } catch (CancelledKeyException e) {
            LOG.log(DEBUG, "a socket was closed while it was polled", e);
        } finally {
            if (lost) {
                socket.cut(); // bytes that were read from it may be lost
            }
        }
    }

    /** Whether the poller's thread is alive. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Accepts no more sockets. Existing sockets are polled until they are closed. */
    @Override
    public synchronized void close() {
        closing = true;
        selector.wakeup();
        if (!thread.isAlive()) {
            steps.close(); // no thread uses it any more
        }
    }
}

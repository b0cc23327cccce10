package push.transport;

import static java.lang.System.Logger.Level.ERROR;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Reads what comes on sockets, and wakes who waits to write to them. On a thread of its own, which lives as long as they do. */
final class SocketPoller implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SocketPoller.class.getName());

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 14);
    private final Selector selector;
    private volatile boolean closing;

    SocketPoller() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("push-sockets").start(this::run);
    }

    /** From now on the socket's channel does not block. */
    void add(ChannelSocket socket) {
        try {
            socket.channel().configureBlocking(false);
            socket.polledBy(socket.channel().register(selector, 0, socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        while (!closing || !selector.keys().isEmpty()) {
            try {
                selector.select(this::ready);
            } catch (IOException | RuntimeException e) {
                LOG.log(ERROR, "sockets could not be polled, and will be again", e);
            }
        }
    }

    private void ready(SelectionKey key) {
        ChannelSocket socket = (ChannelSocket) key.attachment();
        try {
            if (key.isWritable()) {
                socket.writable();
            }
            if (key.isReadable()) {
                socket.receive(buffer);
            }
        } catch (CancelledKeyException e) {
            socket.cut(); // by others already; and who waits has to know
        }
    }

    /** Takes no more sockets; those that there are go on until they are closed. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
    }
}

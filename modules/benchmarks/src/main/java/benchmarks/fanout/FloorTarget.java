package benchmarks.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The cost of the sockets alone: one thread writes each event to every connection, several events at a time if there
 * are several, and does nothing else.
 */
final class FloorTarget implements Target {

    private static final int FRAMES_A_WRITE = 48;
    private static final int MAX_FRAME_BYTES = 4096;

    private final ServerSocketChannel listening;
    private final List<SocketChannel> subscribers = new CopyOnWriteArrayList<>();
    private final ByteBuffer pending = ByteBuffer.allocateDirect(FRAMES_A_WRITE * MAX_FRAME_BYTES);
    private int frames;

    FloorTarget(int port) {
        try {
            listening = ServerSocketChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel subscriber = listening.accept();
                subscriber.socket().setTcpNoDelay(true);
                subscribers.add(subscriber);
                Thread.ofVirtual().start(() -> removeAtEnd(subscriber));
            }
        } catch (IOException e) {
            // The target was closed.
        }
    }

    /** A subscriber sends nothing, so a read returns only when the subscriber has left. */
    private void removeAtEnd(SocketChannel subscriber) {
        try (subscriber) {
            subscriber.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            // An error is the end, too.
        }
        subscribers.remove(subscriber);
    }

    @Override
    public int port() {
        return listening.socket().getLocalPort();
    }

    @Override
    public int subscribers() {
        return subscribers.size();
    }

    /** A write waits for its reader, so no event is ever lost. */
    @Override
    public int room() {
        return FRAMES_A_WRITE;
    }

    @Override
    public void publish(byte[] payload) {
        pending.putInt(payload.length).put(payload);
        if (++frames == FRAMES_A_WRITE) {
            flush();
        }
    }

    @Override
    public void flush() {
        pending.flip();
        subscribers.removeIf(subscriber -> !write(pending.duplicate(), subscriber));
        pending.clear();
        frames = 0;
    }

    private static boolean write(ByteBuffer bytes, SocketChannel to) {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            return true;
        } catch (IOException e) {
            return false; // the subscriber has left
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (SocketChannel subscriber : subscribers) {
                subscriber.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

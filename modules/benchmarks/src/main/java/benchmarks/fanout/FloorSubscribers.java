package benchmarks.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Plain TCP connections, all read by one thread. */
final class FloorSubscribers implements Subscribers {

    private final int port;
    private final Selector selector;

    FloorSubscribers(int port) {
        this.port = port;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::readAll);
    }

    @Override
    public void add(String id, Tally tally) {
        try {
            SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ, new Frames(socket, tally));
            selector.wakeup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAll() {
        try {
            while (selector.isOpen()) {
                selector.select(key -> ((Frames) key.attachment()).read());
            }
        } catch (IOException e) {
            System.err.println("the subscribers ended: " + e);
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The frames on one connection: a length in four bytes, and a payload. */
    private static final class Frames {

        private final SocketChannel socket;
        private final Tally tally;
        private final byte[] bytes = new byte[1 << 17];
        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

        private Frames(SocketChannel socket, Tally tally) {
            this.socket = socket;
            this.tally = tally;
        }

        private void read() {
            try {
                if (socket.read(buffer) < 0) {
                    socket.close();
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            buffer.flip();
            while (buffer.remaining() >= Integer.BYTES
                    && buffer.remaining() - Integer.BYTES >= buffer.getInt(buffer.position())) {
                int length = buffer.getInt();
                int at = buffer.position();
                tally.arrived(bytes, at, at + length);
                buffer.position(at + length);
            }
            buffer.compact();
        }
    }
}
